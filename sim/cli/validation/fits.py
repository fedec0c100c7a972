"""What `docs/validation.md` owns up to: numbers set by the patterns, and a younger source."""

from collections.abc import Iterable

from realpolitik.sim.calibrate.patterns import Pattern
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.formatting.scales import setting
from realpolitik.sim.scenario.vocabulary import Vocabulary

FITTED = "set so that the patterns hold"
"""How the source of a number says that it was fitted to the patterns."""

ARTICLE_ARM, ALLY_ARM = "russian_arms_are_rare", "automatic_ally_arms"
"""The patterns by which the article's Russia and the automatic ally were told apart."""

YOUNGER = "BSV2017"
"""The source that was estimated after the last event that was used."""


def fitted_said(parameters: Iterable[Parameter]) -> str:
    """How many numbers were fitted to the patterns, as a sentence; sums by their parts."""
    fitted = [one for one in parameters if not one.parts and FITTED in one.source]
    return (
        f"{len(fitted)} assumed numbers were set so that these patterns hold: that they hold is a "
        "fit, not a test."
    )


def search_said(patterns: Iterable[Pattern]) -> str:
    """How they were set, and what that means for the contest of the readings, as sentences."""
    by_id = {one.id: one for one in patterns}
    return (
        "They were set by a random search that was not kept as a study: what else it tried cannot "
        "be looked up. Two of the readings that section 2 sets against each other were set by "
        "patterns too: the article's Russia is to send offensive arms in at most "
        f"{setting(by_id[ARTICLE_ARM].high)} of worlds, an automatic ally in at least "
        f"{setting(by_id[ALLY_ARM].low)}. So their contest is partly made by hand."
    )


def younger_said(words: Vocabulary) -> str:
    """Which source is younger than the events, and how far later years bear on it."""
    return f"One source was estimated later ({YOUNGER}): {words.sources[YOUNGER].note}."
