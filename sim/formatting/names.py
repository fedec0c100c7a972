"""What actors, scenarios and runs are called, and how deeds are put into a clause."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PLURALS = {"forces", "houthis", "insurgents", "kurds", "militias", "rebels", "separatists"}
"""Last words of names that take a verb in the plural."""

WITH_ARTICLE = re.compile(
    r"^(united|kingdom|republic|union)\b|\b(states|emirates|islands|netherlands|philippines|union)$"
)


@dataclass(frozen=True)
class Names:
    """Names of actors by code; an unknown code is called by its code."""

    titles: Mapping[str, str]

    @classmethod
    def of(cls, actors: Iterable[Mapping[str, Any]]) -> "Names":
        """The names that a manifest lists."""
        return cls(
            {str(actor["code"]): str(actor.get("title") or actor["code"]) for actor in actors}
        )

    def title(self, code: str) -> str:
        """The name as in a table."""
        return self.titles.get(code, code)

    def the(self, code: str) -> str:
        """The name as in a sentence: "the United States", "the Houthis", "Iran"."""
        title = self.title(code)
        takes_article = self.is_plural(code) or WITH_ARTICLE.search(title.lower())
        return f"the {title}" if takes_article else title

    def is_plural(self, code: str) -> bool:
        """Whether the name takes a verb in the plural."""
        words = self.title(code).lower().split()
        return bool(words) and words[-1] in PLURALS

    def deed(self, actor: str, verb_phrase: str) -> str:
        """Such as "Iran shows force against Israel" or "the Houthis show force against Israel"."""
        first, space, rest = verb_phrase.partition(" ")
        verb = first.removesuffix("s") if self.is_plural(actor) else first
        return f"{self.the(actor)} {verb}{space}{rest}"


def heading_of(name: str, texts: Iterable[str]) -> str:
    """A name such as `f16_for_ukraine` in the spelling of the texts: "F-16 for Ukraine"."""
    words = re.findall(r"\w[\w-]*", " ".join(texts))
    spelt = {word.replace("-", "").lower(): word for word in reversed(words) if not word.islower()}
    said = [spelt.get(word, word) for word in name.split("_") if word]
    text = " ".join(said)
    return text[:1].upper() + text[1:]


# ── Several things that may bear one title: scenarios, runs, episodes ───────────────────


def named(title: str, name: str) -> str:
    """A title with the name of its file or folder behind it."""
    return f"{title} ({name})" if name != title else title


def labels(titles: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Key → a label of its own: the title or, where it repeats, the title with a name behind it.

    Args:
        titles: Key → title.
        names: Key → name of the file, variant or run; where names repeat, keys take their place.
    """
    bearers: dict[str, list[str]] = {}
    for key, title in titles.items():
        bearers.setdefault(title, []).append(key)
    found = {}
    for key, title in titles.items():
        apart = len({names[one] for one in bearers[title]}) == len(bearers[title])
        behind = names[key] if apart else key
        found[key] = named(title, behind) if len(bearers[title]) > 1 else title
    return found
