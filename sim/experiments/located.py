"""Records that lie in folders as JSON, read so that whatever is wrong is told with file and key."""

import json
import math
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from realpolitik.sim.experiments.sealing import is_intact, unsealed
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import RecordError, parse_json
from realpolitik.sim.files.reading import MOST_JSON
from realpolitik.sim.scenario.spellings import in_present_words

LARGEST = 2**53
"""Whole numbers beyond this are none of ours."""

SHOWN = 40  # characters of what was found
MARKS = (b"\xff\xfe", b"\xfe\xff")
OLDEST, FORMAT = 1, 2
"""Of all records: since the second they hold what the numbers come from, and digests.

Those of the first can be read and reported on, but not gone on with.
"""

Key = tuple[int | str, ...]


class Record(BaseModel):
    """What a record must hold so that it can be used; it may hold more.

    Attributes:
        kind: What it is called.
        later: Keys that those of the oldest format lack.
    """

    model_config = ConfigDict(strict=True, frozen=True)

    kind: ClassVar[str]
    later: ClassVar[tuple[str, ...]] = ("digest",)

    format: Annotated[int, Field(ge=OLDEST)] = OLDEST
    digest: str | None = None


def read_record(folder: Folder, name: str, form: type[Record]) -> dict[str, Any]:
    """What a record says, without its digest and in the present spelling of addresses.

    Raises:
        RecordError: it is missing, is none, is of a newer version, or was changed.
    """
    where = str(folder.place / name)
    try:
        content = folder.read(name, MOST_JSON)
    except FileNotFoundError:
        raise RecordError(f"{where}: missing") from None
    except OSError as error:
        raise RecordError(f"{where}: {error.strerror}") from None
    return record_in(content, where, form)


def record_in(content: bytes, where: str, form: type[Record]) -> dict[str, Any]:
    """What the text of a record says, without its digest; `where` is the path of its file.

    Raises:
        RecordError: it is none, is of a newer version, or was changed.
    """
    tree = _parsed(content, where)
    if not isinstance(tree, dict):
        raise RecordError(f"{where}: found {_shown(tree)}; expected {form.kind}")
    _refuse_newer(tree, where)
    if problems := [*_oddities(tree), *_misfits(tree, form)]:
        key, problem = problems[0]
        more = f" (and {len(problems) - 1:,} more)" if len(problems) > 1 else ""
        raise RecordError(f"{where}: {_path(key)}: {problem}{more}")
    _refuse_changed(tree, where)
    return in_present_words(unsealed(tree))  # type: ignore[no-any-return]


def _parsed(content: bytes, where: str) -> Any:
    if not content.strip():
        raise RecordError(f"{where}: is empty")
    if content.startswith(MARKS):
        raise RecordError(f"{where}: is text in UTF-16; expected UTF-8")
    try:
        return parse_json(content)
    except UnicodeDecodeError:
        raise RecordError(f"{where}: is not text in UTF-8") from None
    except ValueError as error:
        raise RecordError(f"{where}: is damaged: no JSON ({error})") from None


def _refuse_newer(tree: dict[str, Any], where: str) -> None:
    there = tree.get("format")
    if isinstance(there, int) and there > FORMAT:
        raise RecordError(
            f"{where}: format: {_shown(there)}, written by a newer version of realpolitik; "
            f"this one reads up to {FORMAT}"
        )


def _refuse_changed(tree: dict[str, Any], where: str) -> None:
    if "digest" not in tree and tree.get("format", OLDEST) == OLDEST:
        return
    if not is_intact(tree):
        told = "is not that of what is written here: something was changed since"
        raise RecordError(f"{where}: digest: {told}")


# ── What is wrong ────────────────────────────────────────────────────────────────────


def _oddities(tree: Any, key: Key = ()) -> Iterator[tuple[Key, str]]:
    """Numbers and texts that JSON can hold, and we never write."""
    if isinstance(tree, dict):
        for name, one in tree.items():
            yield from (
                _oddities(one, (*key, name)) if _is_text(name) else [(key, "a key is no text")]
            )
    elif isinstance(tree, list):
        for place, one in enumerate(tree):
            yield from _oddities(one, (*key, place))
    elif isinstance(tree, float) and not math.isfinite(tree):
        yield key, f"found {tree}; expected a finite number"
    elif isinstance(tree, int) and abs(tree) > LARGEST:
        yield key, "is a number beyond all that are written here"
    elif isinstance(tree, str) and not _is_text(tree):
        yield key, "holds half a character"


def _is_text(text: str) -> bool:
    """Whether it can be written: JSON can hold halves of characters, as names of files may."""
    return not any("\ud800" <= one <= "\udfff" and not "\udc80" <= one <= "\udcff" for one in text)


def _misfits(tree: dict[str, Any], form: type[Record]) -> Iterator[tuple[Key, str]]:
    """Keys that are missing, or hold something else than they should."""
    if tree.get("format", OLDEST) != OLDEST:
        yield from (((key,), "missing") for key in form.later if tree.get(key) is None)
    try:
        form.model_validate(tree)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            missing = one["type"] == "missing"
            wanted = one["msg"].removeprefix("Value error, ").replace("Input should be", "expected")
            yield (
                one["loc"],
                "missing" if missing else f"found {_shown(one['input'])}; {wanted}",
            )


def _path(key: Key) -> str:
    """Such as `scenario.actors[2].code`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in key)
    return "".join(parts).removeprefix(".") or "the whole"


def _shown(found: Any) -> str:
    try:
        text = json.dumps(found)
    except (ValueError, TypeError):
        text = repr(found)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
