"""Numbers of parameters as `--set` takes them."""

from collections.abc import Mapping


def exact(value: float) -> str:
    """The number as a person would write it, or to its last bit if that says less."""
    told = f"{value:.10g}"
    return told if float(told) == value else repr(float(value))


def set_words(values: Mapping[str, float]) -> list[str]:
    """The values of `--set` that give parameters these numbers.

    >>> set_words({"RUS.israel_ties": 0.30000000000000004, "world.precision": 8.0})
    ['RUS.israel_ties=0.30000000000000004', 'world.precision=8']
    """
    return [f"{address}={exact(value)}" for address, value in values.items()]
