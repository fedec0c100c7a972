"""One test for many cases of a kind: it lists those that offend, each with the reason."""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

Check = Callable[..., None]


def each(name: str, cases: Iterable[Any]) -> Callable[[Check], Check]:
    """Makes one test of a check of a case, which is its argument of that name.

    Fixtures are shared by all cases. That there is no case at all is an offence too.
    """
    every = list(cases)

    def decorate(check: Check) -> Check:
        signature = inspect.signature(check)

        @functools.wraps(check)
        def test(**fixtures: Any) -> None:
            assert every, "there is no case"
            offenders = [
                f"{label(case)}: {reason}"
                for case in every
                if (reason := _offence(check, {**fixtures, name: case}))
            ]
            assert not offenders, f"{len(offenders)} of {len(every)}\n" + "\n".join(offenders)

        others = [one for one in signature.parameters.values() if one.name != name]
        test.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return test

    return decorate


def label(case: object) -> str:
    """What a case is called."""
    return str(
        next((getattr(case, key) for key in ("address", "name", "id") if hasattr(case, key)), case)
    )


def _offence(check: Check, arguments: dict[str, Any]) -> str:
    """What is wrong with a case; empty if nothing is."""
    try:
        check(**arguments)
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - whatever it is, it is listed
        return f"{type(error).__name__}: {error}"
    return ""
