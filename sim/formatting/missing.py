"""What is said in the place of a part that could not be made; all other parts stand.

Worlds may have taken hours: nothing that is wrong with a table, a chart or a sentence costs them
the rest of what they tell.
"""

import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

Made = TypeVar("Made")
Other = TypeVar("Other")


class Missing(str):
    """A sentence that says why something could not be made."""

    __slots__ = ()


def attempt(what: str, make: Callable[[], Made], otherwise: Callable[[str], Other]) -> Made | Other:
    """What `make` gives; if that fails, a warning, and what `otherwise` makes of the reason."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - whatever it is, the other parts are to stand
        text = " ".join(str(error).split())
        why = f"{what} could not be made ({type(error).__name__}{text and ': '}{text[:200]})"
        warnings.warn(why, stacklevel=2)
        return otherwise(f"{why[:1].upper()}{why[1:]}.")


def attempt_texts(what: str, make: Callable[[], Iterable[str]]) -> list[str]:
    """Sentences, or one that says why they are missing."""
    return attempt(what, lambda: list(make()), lambda why: [why])


def attempt_each(
    kind: str, makers: Mapping[str, Callable[[], Made]]
) -> tuple[dict[str, Made], tuple[str, ...]]:
    """What can be made, by name, and sentences that say why the rest cannot.

    Args:
        kind: What each of them is, such as "table".
        makers: Name → how it is made.
    """
    tried = {name: attempt(f"the {kind} {name}", make, Missing) for name, make in makers.items()}
    made = {name: one for name, one in tried.items() if not isinstance(one, Missing)}
    return made, tuple(one for one in tried.values() if isinstance(one, Missing))
