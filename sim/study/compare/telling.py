"""Deeds put into words: "instead of sending offensive arms to Iran, Russia stays silent"."""

import re

from realpolitik.sim.engine.actions import Action
from realpolitik.sim.words.names import Names, verb_phrase

DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")
"""A short verb that doubles its last letter before -ing: step, hit."""


class Speech(Names):
    """Names of actors by code, and what they do as clauses."""

    def phrase(self, action: Action, target: str) -> str:
        """Such as "sends offensive arms to Iran"; the bare label without a target."""
        return verb_phrase(action.action, action.label, self.the(target) if target else "")

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


def _base(verb: str) -> str:
    """The verb without the ending of the third person."""
    return verb.removesuffix("s")
