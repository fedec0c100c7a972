"""Deeds put into words: "instead of sending offensive arms to Iran, Russia stays silent"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from realpolitik.sim.engine.actions import Action

PLURALS = {"forces", "houthis", "insurgents", "kurds", "militias", "rebels", "separatists"}
WITH_ARTICLE = re.compile(
    r"^(united|kingdom|republic|union)\b|\b(states|emirates|islands|netherlands|philippines|union)$"
)
TRAILING = ("in public", "in private", "covertly", "through a proxy")
"""Adverbs after which a target cannot follow: it stands before them."""

LINKS = {
    "appeal_for_calm": "to",
    "diplomatic_cover": "to",
    "denounce": "",
    "threaten": "",
    "urge_restraint": "on",
    "offer_deal": "to",
    "sanction": "on",
    "withhold": "from",
    "defensive_aid": "to",
    "share_intelligence": "with",
    "offensive_arms": "to",
    "de_escalate": "from the standoff with",
    "show_of_force": "against",
    "limited_strike": "on",
    "major_strike": "on",
}
"""What leads from an action to its target; `toward` for all others."""

DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")
"""A short verb that doubles its last letter before -ing: step, hit."""


@dataclass(frozen=True)
class Speech:
    """Knows what the actors are called, by code; an unknown code is called by its code."""

    titles: Mapping[str, str]

    def the(self, code: str) -> str:
        """The name as in a sentence: "the United States", "the Houthis", "Iran"."""
        title = self.titles.get(code, code)
        with_article = self.is_plural(code) or WITH_ARTICLE.search(title.lower())
        return f"the {title}" if with_article else title

    def is_plural(self, code: str) -> bool:
        """Whether the name takes a verb in the plural."""
        return self.titles.get(code, code).lower().split()[-1:] in [[word] for word in PLURALS]

    def phrase(self, action: Action, target: str) -> str:
        """Such as "sends offensive arms to Iran"; the bare label without a target."""
        if not target:
            return action.label
        name = self.the(target)
        for adverb in TRAILING:
            if action.label.endswith(f" {adverb}"):
                return f"{action.label.removesuffix(adverb)}{name} {adverb}"
        link = LINKS.get(action.action, "toward")
        return " ".join(filter(None, (action.label, link, name)))

    def does(self, code: str, phrase: str, before: str = "") -> str:
        """Such as "Iran no longer shows force" with "no longer" put before the verb."""
        first, space, rest = phrase.partition(" ")
        verb = _base(first) if self.is_plural(code) else first
        return " ".join(filter(None, (self.the(code), before, verb))) + space + rest


def doing(phrase: str) -> str:
    """The phrase in its -ing form: "sending offensive arms to Iran"."""
    first, space, rest = phrase.partition(" ")
    verb = _base(first)
    if verb.endswith("e"):
        verb = verb[:-1]
    elif DOUBLED.match(verb):
        verb += verb[-1]
    return f"{verb}ing{space}{rest}"


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def _base(verb: str) -> str:
    """The verb without the ending of the third person."""
    return verb.removesuffix("s")
