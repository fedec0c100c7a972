"""The parts of `docs/validation.md` on what would change our mind, and what the model lacks."""

from collections.abc import Iterator

from realpolitik.sim.cli.validation.pattern_sections import percent
from realpolitik.sim.cli.validation.sections import SURE
from realpolitik.sim.study.calibrate.implausibility import CUTOFF
from realpolitik.sim.study.claims.reading import load_claims
from realpolitik.sim.study.claims.record import read_record, recorded
from realpolitik.sim.study.hindcast.hindcasting import Hindcast
from realpolitik.sim.study.hindcast.rivals import ARTICLE, BASE_RATE
from realpolitik.sim.study.hindcast.verdict import POSITIVE
from realpolitik.sim.study.validation import ValidationRecord

MISSED_WORDS = {
    "haniyeh_words_2024": "Whether Russia condemns a killing in the week after it",
    "shoigu_advice_2024": "Whether Russia advises Iran in that week to spare civilians",
}
FIXED_OMISSIONS = (
    "Actors look one answer ahead and learn nothing but each other's resolve (`docs/odd.md`, 4).",
    "Hamas is no actor; so its visit to Moscow in October 2023 is no episode.",
    "The channel over Syria is part of the situation, not an act; so the agreement of 2015 is no "
    "episode.",
    "That Syria was given the S-300 in 2018 is scored with Iran standing in for Syria, which is no "
    "actor. The release (2015) and the delivery (2016) of the S-300 for Iran are one decision, "
    "scored twice; several episodes are of one crisis.",
    "What counts as observed, and how sure it is, was coded by us alone.",
    "The ranges over which the calibration looks are nearly all assumed too: what lies outside "
    "them was not tried.",
)


def doubts() -> Iterator[str]:
    """What would make us give up what."""
    yield (
        "*That the defaults agree with the record:* a pattern that is surely missed at them, the "
        f"whole interval outside its target, or an implausibility above {CUTOFF:g}."
    )
    yield (
        "*That the article's reading does better than its rivals:* a Bayes factor of "
        f"1/{POSITIVE:g} or less against one of them on episodes coded by somebody else, or on "
        "cases that nobody here has seen: `realpolitik hindcast FOLDER`."
    )
    yield (
        "*That the simulator forecasts no better than the simplest rivals:* skill over the base "
        "rate, the uniform and the logistic forecast whose 95 % intervals lie above 0 on such "
        "cases."
    )
    yield (
        f"*A headline finding:* that it keeps its sign in less than {percent(SURE)} of the sets "
        "that no pattern rules out. Those of which this is so already are named in section 4."
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
    chances = found.forecasts.set_index(["episode", "hypothesis", "category"])["probability"]
    for case, what in MISSED_WORDS.items():
        ours, theirs = (chances[case, name, "yes"] for name in (ARTICLE, BASE_RATE))
        told = f"it did, and the model gave that a chance of {ours:.2f} (base rate {theirs:.2f})"
        yield f"{what}: {told}."
    yield from FIXED_OMISSIONS
    audit = recorded((claims := load_claims().claims), read_record()).drop_duplicates("id")
    for one in audit[audit["verdict"] == "fails"].itertuples():
        yield f"Claimed, not shown by the model ([{one.paragraph}](claims.md)): {one.claim}"
    untested = audit[audit["verdict"] == "not testable"]
    reasons = " ".join(dict.fromkeys(str(why) for why in untested["why"]))
    yield f"Of {len(claims)} [claims](claims.md) {len(untested)} cannot be tested. {reasons}"
