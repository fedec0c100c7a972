"""When a claim holds: the rule, and nothing else.

The rule looks at the whole 95 % interval of an effect e, never at its middle alone, and at the
smallest effect b that matters (0 if none is given):

    higher, above   holds if the interval lies wholly above b, fails if wholly at or below b
    lower, below    the same with the sign of the effect turned
    same, within    holds if the interval lies within [−b, b], fails if wholly outside

and is *undecided* in all other cases, also where there is no interval. So a difference that was
expected and that is shown to be smaller than matters has failed. Where not a single world differs
the interval is what worlds not seen may do, and the test is undecided unless that is narrower than
matters. Of a claim with several tests all must hold; it fails if one fails.

Each test errs on either side with a chance of 2.5 %: of a hundred tests of nothing, two or three
would hold by chance.
"""

import math
from collections.abc import Collection

from realpolitik.sim.claims.claim import Expected, Verdict
from realpolitik.sim.scenario.errors import number
from realpolitik.sim.stats.intervals import Interval

DIGITS = 4


def judge(effect: Interval, expect: Expected, by: float) -> Verdict:
    """The verdict on one effect.

    Args:
        effect: The effect with its interval, in units of the outcome; NaN where there is none.
        expect: Which way it should go.
        by: The smallest effect that matters, at least 0.
    """
    low, high = effect.low, effect.high
    if math.isnan(low) or math.isnan(high):
        return "undecided"
    if expect in ("same", "within"):
        if -by <= low and high <= by:
            return "holds"
        return "fails" if low > by or high < -by else "undecided"
    if expect in ("lower", "below"):
        low, high = -high, -low
    if low > by:
        return "holds"
    return "fails" if high <= by else "undecided"


def joint(verdicts: Collection[Verdict]) -> Verdict:
    """The verdict on a claim from those of its tests; without any it is not testable."""
    for verdict in ("fails", "undecided"):
        if verdict in verdicts:
            return verdict
    return "holds" if verdicts else "not testable"


def reason(effect: Interval, expect: Expected, by: float) -> str:
    """Why the verdict is what it is: where the interval lies, and where it should."""
    if math.isnan(effect.low) or math.isnan(effect.high):
        return "too few worlds have a value"
    further = f" by more than {_format_number(by)}" if by else ""
    wanted = {
        "same": f"within {_format_number(by)} of 0",
        "within": "within the range",
        "lower": f"below {_format_number(-by)}",
        "below": f"below the level{further}",
        "higher": f"above {_format_number(by)}",
        "above": f"above the level{further}",
    }[expect]
    how = {"holds": "wholly", "fails": "nowhere", "undecided": "only partly"}
    told = f"{_format_number(effect.low)} to {_format_number(effect.high)}"
    return f"the interval ({told}) lies {how[judge(effect, expect, by)]} {wanted}"


def _format_number(value: float) -> str:
    return number(round(value, DIGITS) + 0.0).replace("-", "−")
