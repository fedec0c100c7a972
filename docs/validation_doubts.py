"""The parts of `docs/validation.md` that own up: what would change our mind, lacks, and fits."""

from collections.abc import Iterable, Iterator

from realpolitik.sim.calibrate.patterns import Pattern
from realpolitik.sim.calibrate.statistic import CUTOFF
from realpolitik.sim.claims.claims_file import load_claims
from realpolitik.sim.claims.record import read_record, recorded
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.formatting.numbers import rounded_percent
from realpolitik.sim.formatting.scales import setting
from realpolitik.sim.hindcast.hindcasting import POSITIVE, Hindcast
from realpolitik.sim.scenario.battery import BATTERY
from realpolitik.sim.scenario.vocabulary import Vocabulary
from validation_record import ValidationRecord
from validation_sections import SURE

MISSED = 3
"""Questions that are named as those on which the model falls furthest behind the base rate."""

FIXED_OMISSIONS = (
    "Actors look one answer ahead and learn nothing but each other's resolve (`docs/odd.md`, 4).",
    "Syria and Hamas are no actors: what was done to them, and by them, is no trigger, and what "
    "Russia gave Syria in 2018 no answer.",
    "Whether somebody answers in private is not asked: the record has it by chance only.",
    "Several triggers are of one crisis, and what comes within a week comes within eight. "
    "Intervals leave out crises, not questions; a Bayes factor counts every window, and so is too "
    "great.",
    "What counts as observed, and how sure it is, was coded by us alone.",
    "The ranges over which the calibration looks are nearly all assumed too: what lies outside "
    "them was not tried.",
)


def doubts(calibration: str) -> Iterator[str]:
    """What would make us give up what; `calibration` is the heading of the part on calibration."""
    yield (
        "*That the defaults agree with the record:* a pattern that is surely missed at them, the "
        f"whole interval outside its target, or an implausibility above {CUTOFF:g}."
    )
    yield (
        "*That the article's reading does better than its rivals:* a Bayes factor of "
        f"1/{POSITIVE:g} or less against one of them, whichever crisis is left out, on episodes "
        "coded by somebody else, or on cases that nobody here has seen: `realpolitik hindcast "
        "FOLDER`."
    )
    yield (
        "*That the simulator forecasts no better than the simplest rivals:* on such cases, a mean "
        "RPS less than that of the base rate, the uniform and the logistic forecast, with 95 % "
        "intervals of the difference below 0."
    )
    yield (
        f"*A headline finding:* that it keeps its sign in less than {rounded_percent(SURE)} of the "
        f"sets that no pattern rules out. Those of which this is so already stand under "
        f"*{calibration}*."
    )
    yield (
        "*An assumed number:* a published measurement outside its declared range, or one inside "
        "at which a finding changes sign."
    )
    yield (
        "*A pattern:* a better record than the one it rests on, or a record where it is a "
        "judgement."
    )


def omissions(record: ValidationRecord, found: Hindcast) -> Iterator[str]:
    """What the model is known to lack: measured, from the audit of claims, and by design."""
    week = record.headlines.found["first_strike"]
    yield (
        f"Iran strikes Israel in no world before week {week} of the main scenario, as readiness "
        "has to build up; in the record half of all major responses come within 5 days."
    )
    yield from missed(found)
    yield from FIXED_OMISSIONS
    audit = recorded((claims := load_claims().claims), read_record()).drop_duplicates("id")
    for one in audit[audit["verdict"] == "fails"].itertuples():
        yield f"Claimed, not shown by the model ([{one.paragraph}](claims.md)): {one.claim}"
    untested = audit[audit["verdict"] == "not testable"]
    reasons = " ".join(dict.fromkeys(str(why) for why in untested["why"]))
    yield f"Of {len(claims)} [claims](claims.md) {len(untested)} cannot be tested. {reasons}"


def missed(found: Hindcast) -> Iterator[str]:
    """The questions on which the model falls furthest behind the base rate."""
    behind = found.questions[found.questions["rps_difference"] > 0]
    for row in behind.nlargest(MISSED, "rps_difference").to_dict("records"):
        yield (
            f"Whether {BATTERY[row['question']].in_roles} within {weeks_told(row['weeks'])}: "
            f"{row['yes']} of {row['n']} times it did, and the mean RPS of the model was "
            f"{row['rps']:.2f} (base rate {row['rps_base_rate']:.2f})."
        )


def weeks_told(weeks: int) -> str:
    """Such as "1 week" or "8 weeks"."""
    return "1 week" if weeks == 1 else f"{weeks} weeks"


# ── Numbers set by the patterns, and a younger source ────────────────────────────────

FITTED = "set so that the patterns hold"
"""How the source of a number says that it was fitted to the patterns."""

ARTICLE_ARM, ALLY_ARM = "russian_arms_are_rare", "automatic_ally_arms"
"""The patterns by which the article's Russia and the automatic ally were told apart."""

YOUNGER = "BSV2017"
"""The source that was estimated after the last event that was used."""


def describe_fitted(parameters: Iterable[Parameter]) -> str:
    """How many numbers were fitted to the patterns, as a sentence; sums by their parts."""
    fitted = [one for one in parameters if not one.parts and FITTED in one.source]
    return (
        f"{len(fitted)} assumed numbers were set so that these patterns hold: that they hold is a "
        "fit, not a test."
    )


def describe_search(patterns: Iterable[Pattern]) -> str:
    """How they were set, and what that means for the contest of the readings, as sentences."""
    by_id = {one.id: one for one in patterns}
    return (
        "Those of the first edition were set by a random search that was not kept as a study. The "
        "ten that the second set anew stand in `docs/fit_patterns.py`, with the points that it "
        "tried after some forty tried by hand. Two of the readings that section 2 sets against "
        "each other were set by "
        "patterns too: the article's Russia is to send offensive arms in at most "
        f"{setting(by_id[ARTICLE_ARM].high)} of worlds, an automatic ally in at least "
        f"{setting(by_id[ALLY_ARM].low)}. So their contest is partly made by hand."
    )


def describe_younger(words: Vocabulary) -> str:
    """Which source is younger than the events, and how far later years bear on it."""
    return f"One source was estimated later ({YOUNGER}): {words.sources[YOUNGER].note}."
