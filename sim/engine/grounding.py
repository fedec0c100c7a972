"""Numbers of the model from numbers of the record: one equation, one pure function.

None of these names a state. Where a formula carries a judgement of ours, it says so.
"""

from math import hypot


def rivalry_hostility(rival: float, distance: float, widest: float) -> float:
    """Hostility at the start from a rivalry record and the distance of ideal points [0-1].

    h = ½ (r + d/D), clipped to [0, 1]. Governments on record as strategic rivals see each other
    as threatening competitors and enemies (Thompson, Sakuwa & Suhas 2021): r = 1 puts them in the
    upper half of the scale, r = 0 in the lower. Where in its half a dyad stands is the distance d
    of its ideal points in the UN General Assembly (Bailey, Strezhnev & Voeten 2017) over the
    widest distance D, a measure of dissimilarity as in Signorino & Ritter 1999. That the two
    weigh alike is our judgement; there is no free weight in it.
    """
    return min(max((rival + distance / widest) / 2, 0.0), 1.0)


def distance_error(one: float, other: float) -> float:
    """Half-width of the interval of a distance whose ends have these half-widths, independent."""
    return hypot(one, other)


def relative_endurance(share: float, strongest: float) -> float:
    """How long one can go on, from shares of world capabilities: e = c / c_strongest [0-1].

    CINC (Singer, Bremer & Stuckey 1972) is the mean of six shares, so a ratio of two is read as
    it stands.
    """
    return share / strongest


def promised_help(defence: float, kept: float) -> float:
    """What a defence pact makes a partner worth: o = defence · P(kept) [0-1].

    A pact says that an attack on the partner is one on oneself, which is 1 on the scale of vital
    interests; it counts as often as such promises were kept (Berkemeier & Fuhrmann 2018). A
    neutrality or non-aggression pact obliges to stay out, not to help, and gives 0. The reading
    of a rate as a weight is our judgement.
    """
    return defence * kept


def weekly_hazard(before: float, after: float, days: float) -> float:
    """Chance a week of an answer not yet given, constant over `days` [1/week].

    `before` and `after` are the shares answered at the ends of the days: piecewise exponential
    survival, h = 1 − ((1 − after)/(1 − before))^(7/days).
    """
    remaining: float = ((1 - after) / (1 - before)) ** (7 / days)
    return 1 - remaining
