"""What several things are called that may bear one title: scenarios, runs, episodes, readings."""

from collections.abc import Mapping


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
