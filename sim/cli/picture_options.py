"""The options --png, --svg and --pdf, the same for every verb that has charts."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from realpolitik.sim.image_export import Format

KINDS: tuple["Format", ...] = ("png", "svg", "pdf")
"""All of `Format`, which takes a second to load and is therefore not asked."""

Verb = TypeVar("Verb", bound=Callable[..., Any])


def picture_options(verb: Verb) -> Verb:
    """The verb with the three options, which it takes as one tuple `formats`."""

    @functools.wraps(verb)
    def with_formats(*args: Any, **options: Any) -> Any:
        formats = tuple(kind for kind in KINDS if options.pop(kind))
        return verb(*args, formats=formats, **options)

    taking: Any = with_formats
    for kind in reversed(KINDS):
        words = f"Draw the charts as {kind.upper()} too, into the folder `pictures`."
        taking = click.option(f"--{kind}", is_flag=True, help=words)(taking)
    done: Verb = taking
    return done
