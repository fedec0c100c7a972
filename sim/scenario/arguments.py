"""What callers give, as what is meant: NumPy scalars, whole floats, rows of pandas.

Whatever else is given is refused in one sentence that says what was expected.
"""

import math
import os
from collections.abc import Mapping
from decimal import Decimal
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import address_of
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, quoted

A_SCENARIO = "a scenario, by its name or its file"
NUMBER = "point"  # a column beside the addresses in the points of a study
EXAMPLE = '{"RUS.israel_ties": 0.3}'


def whole_number(value: Any, name: str, least: int = 0) -> int:
    """The whole number that is given, also as 3.0, 1e3 or a NumPy scalar.

    Raises:
        TypeError: it is no number.
        ValueError: it is broken, not finite, or less than `least`.
    """
    wanted = f"expected a whole number of at least {least}"
    given = _real(value)
    if given is None:
        raise TypeError(f"{name} is {told(value)}; {wanted}")
    try:
        is_whole = given == int(given)
    except (OverflowError, ValueError):  # of what is infinite, of what is no number
        is_whole = False
    if not is_whole:
        raise ValueError(f"{name} is {told(value)}; {wanted}")
    if given < least:
        raise ValueError(f"{name} must be at least {least}, not {told(value)}")
    return int(given)


def reference_given(value: Any, what: str = A_SCENARIO) -> str | Path:
    """The name or the path that is given, be it a text or any kind of path.

    Raises:
        TypeError: it is neither.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, os.PathLike):
        return Path(os.fsdecode(value))
    raise TypeError(f"{told(value)} is given; expected {what}")


def function_given(value: Any, name: str, takes: str = "what is done and of what there is") -> None:
    """Makes sure that what is to be called can be; None will do.

    Raises:
        TypeError: it cannot.
    """
    if value is not None and not callable(value):
        raise TypeError(f"{name} is {told(value)}; expected a function of {takes}")


def executor_given(value: Any) -> None:
    """Makes sure that what is to do the work takes work; None will do.

    Raises:
        TypeError: it does not.
    """
    if value is not None and (isinstance(value, type) or not callable(getattr(value, "submit", 0))):
        wanted = "an executor of concurrent.futures, such as ProcessPoolExecutor(4)"
        raise TypeError(f"executor is {told(value)}; expected {wanted}")


def parameters_given(values: Any, name: str = "parameters") -> dict[str, float]:
    """Address → number, of a mapping or a row of pandas; empty of None.

    Raises:
        TypeError: it is none of these.
        ScenarioError: a value is no number.
    """
    if values is None:
        return {}
    items = getattr(values, "items", None)
    if not (isinstance(values, Mapping) or (items and getattr(values, "ndim", 0) == 1)):
        row = ", or one row of it: table.iloc[0]" if getattr(values, "ndim", 0) == 2 else ""
        raise TypeError(
            f"{name} is {told(values)}; expected addresses with numbers, such as {EXAMPLE}{row}"
        )
    is_row = not isinstance(values, Mapping)
    pairs = {str(address): value for address, value in values.items()}
    given = {key: value for key, value in pairs.items() if not (is_row and key == NUMBER)}
    faults = [
        Fault(Place(f"{name} {address}"), f"the value is {told(value)}", "a number")
        for address, value in given.items()
        if _real(value) is None
    ]
    if faults:
        raise ScenarioError(faults)
    return {address_of(address): as_float(_real(value) or 0) for address, value in given.items()}


def numbers_given(value: Any, name: str) -> NDArray[np.float64]:
    """The numbers of a sequence, or the one that is given; infinite if greater than any float.

    Raises:
        TypeError: there is something else among them.
        ValueError: some are masked.
    """
    if np.ma.is_masked(value):
        raise ValueError(f"{name} has a number that is masked")
    try:
        given = np.asarray(value)
    except ValueError:  # rows of different lengths
        given = np.array(None)
    if given.dtype.kind == "O" and all(_real(one) is not None for one in given.flat):
        given = np.array([as_float(one) for one in given.flat]).reshape(given.shape)
    if given.dtype.kind not in "iuf" and given.size:
        raise TypeError(f"{name} is {told(value)}; expected numbers")
    return given.astype(np.float64)


def as_float(value: Any) -> float:
    """The number as a float; infinite if it is greater than any."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def told(value: Any) -> str:
    """What a value is called in a sentence: itself if it is short, else its type."""
    if isinstance(value, str):
        return quoted(value)
    if value is None or isinstance(value, bool) or _real(value) is not None:
        return str(value)
    article = "an" if type(value).__name__[0] in "aeiouAEIOU" else "a"
    return f"{article} {type(value).__name__}"


def _real(value: Any) -> Any:
    """The real number that is meant; None if there is none. True and false are none."""
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        value = value.item()
    is_number = isinstance(value, Real | Decimal) and not isinstance(value, bool)
    return value if is_number else None
