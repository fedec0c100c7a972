"""A folder in which files are read, written and removed, and which is never left.

Folders come from strangers too. So no link below the folder is followed, names that lead elsewhere
are refused, and a file is never written where one is: a draft of a random name is made, and takes
the place of the old file once it is whole and on the disk. Neither a kill nor a power cut leaves a
file half written.
"""

import contextlib
import errno
import io
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from realpolitik.sim.files import drafts
from realpolitik.sim.files.json_text import parse_json
from realpolitik.sim.files.reading import (
    KINDS,
    MOST_FILE,
    MOST_JSON,
    MOST_TEXT,
    RefusedFileError,
    digest_of,
    open_file,
    read_all,
)


@dataclass(frozen=True)
class Folder:
    """A folder by its path, which may itself be a link: who named it, meant it.

    Names are relative and of our own making, such as `manifest.json` or `parts/0000001.parquet`;
    all are taken as below `under`. Every method raises RefusedFileError for a name that leads
    elsewhere, by itself or by a link, and OSError (of which that is one) for what the system
    refuses, both with the path.
    """

    path: Path
    under: str = ""

    @property
    def place(self) -> Path:
        """Where the names are, for messages."""
        return self.path / self.under

    def below(self, name: str) -> "Folder":
        """A folder in this one, to which the way leads by no link either."""
        return Folder(self.path, f"{self.under}/{name}" if self.under else name)

    # ── Reading ──────────────────────────────────────────────────────────────────────

    @contextlib.contextmanager
    def opened(self, name: str, most: int = MOST_FILE) -> Iterator[io.BufferedReader]:
        """A regular file, to be read."""
        with self._at(name) as (within, last):
            stream = open_file(last, most, within)
        with stream:
            yield stream

    def read(self, name: str, most: int = MOST_FILE) -> bytes:
        """What a file holds, which has so many bytes at most."""
        with self.opened(name, most) as stream:
            return read_all(stream, self.place / name, most)

    def read_text(self, name: str, most: int = MOST_TEXT) -> str:
        """What a file in UTF-8 holds.

        Raises:
            ValueError: it is not UTF-8.
        """
        return self.read(name, most).decode("utf-8")

    def read_json(self, name: str, most: int = MOST_JSON) -> Any:
        """What a file in JSON says.

        Raises:
            ValueError: it is no JSON, or has too much inside each other.
        """
        return parse_json(self.read(name, most))

    def digest(self, name: str) -> str:
        """SHA-256 of a file."""
        with self.opened(name) as stream:
            return digest_of(stream)

    def has(self, name: str) -> bool:
        """Whether there is a regular file of that name, reached by no link."""
        return self._kind(name) == stat.S_IFREG

    def names(self, under: str = "") -> list[str]:
        """The names of all that is in the folder, or in one below it, sorted; none without it."""
        try:
            with self._at(f"{under}/." if under else ".") as (within, _):
                return sorted(os.listdir(within))  # noqa: PTH208 - of a descriptor
        except FileNotFoundError:
            return []

    def files(self, under: str = "") -> Iterator[str]:
        """The names of all regular files, those in folders below among them; of links none."""
        for name in self.names(under):
            inner = f"{under}/{name}" if under else name
            kind = self._kind(inner)
            if kind == stat.S_IFREG:
                yield inner
            elif kind == stat.S_IFDIR:
                yield from self.files(inner)

    # ── Writing ──────────────────────────────────────────────────────────────────────

    def make(self, under: str = "") -> None:
        """Makes the folder, and one below it, where they are not there yet."""
        self.path.mkdir(parents=True, exist_ok=True)
        with self._at(f"{under}/." if under else ".", make=True):
            pass

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """A new file, to be written; it takes its name at the end if nothing fails."""
        with self._at(name, make=True) as (within, last), drafts.new_file(within) as (draft, file):
            with os.fdopen(file, "wb", closefd=False) as stream:
                yield cast(IO[bytes], stream)
            os.fsync(file)
            os.replace(draft, last, src_dir_fd=within, dst_dir_fd=within)
            _sync(within)

    def write(self, name: str, content: bytes) -> None:
        """Puts a file in its place, whole or not at all."""
        with self.writing(name) as stream:
            stream.write(content)

    def write_text(self, name: str, text: str) -> None:
        r"""Puts a file in UTF-8 in its place, whole or not at all.

        What is left in it of names that are not UTF-8 is written as `\udce9`.
        """
        self.write(name, text.encode("utf-8", "backslashreplace"))

    @contextlib.contextmanager
    def new_folder(self, name: str) -> Iterator["Folder"]:
        """A new folder, to be filled; it takes its name at the end if nothing fails.

        Raises:
            OSError: there is a folder of that name already, and something in it.
        """
        with self._at(name, make=True) as (within, last), drafts.new_folder(within) as draft:
            yield self.below(str(Path(name).parent / draft))
            os.rename(draft, last, src_dir_fd=within, dst_dir_fd=within)
            _sync(within)

    # ── Removing ─────────────────────────────────────────────────────────────────────

    def remove(self, name: str) -> None:
        """Removes a file, if it is there; of a link the link."""
        with contextlib.suppress(FileNotFoundError), self._at(name) as (within, last):
            os.unlink(last, dir_fd=within)

    def remove_empty(self, name: str) -> None:
        """Removes a folder below, if it is there and nothing is in it."""
        with contextlib.suppress(OSError), self._at(name) as (within, last):
            os.rmdir(last, dir_fd=within)

    def sweep_up(self, *under: str, every: bool = True) -> None:
        """Removes the drafts that a kill left, in the folder and in some below it.

        With `every` the folders are ours, and so is all there that is named like a draft.
        """
        for place in (".", *(f"{one}/." for one in under)):
            with contextlib.suppress(FileNotFoundError), self._at(place) as (within, _):
                drafts.sweep_up(within, every)

    # ── The way there ────────────────────────────────────────────────────────────────

    def _kind(self, name: str) -> int:
        """Kind of file, as `stat` numbers them; 0 of what is not there."""
        try:
            with self._at(name) as (within, last):
                return stat.S_IFMT(_status(last, within).st_mode)
        except OSError:
            return 0

    @contextlib.contextmanager
    def _at(self, name: str, *, make: bool = False) -> Iterator[tuple[int, str]]:
        """Descriptor of the folder that a name lies in, and the last part of the name.

        A last part of `.` stands for the folder itself.
        """
        path = self.place / name
        *folders, last = _parts(f"{self.under}/{name}" if self.under else name, path)
        with _told_of(path), contextlib.ExitStack() as ways:
            within = drafts.open_folder(str(self.path))
            ways.callback(os.close, within)
            for part in folders:
                within = _enter(part, within, path, make=make)
                ways.callback(os.close, within)
            yield within, last


def write_file(path: Path, text: str) -> None:
    """Puts a file in UTF-8 in its place, whole or not at all.

    Raises:
        OSError: it cannot be written; then nothing has changed.
    """
    Folder(path.absolute().parent).write_text(path.name, text)


def _parts(name: str, path: Path) -> list[str]:
    """The parts of a name, none of which leads elsewhere."""
    *folders, last = name.split("/")
    checked = folders if last == "." else [*folders, last]
    if any(part in ("", ".", "..") or "\0" in part for part in checked):
        raise RefusedFileError(path, "is no name for a file in a folder of results")
    return [*folders, last]


def _enter(part: str, within: int, path: Path, *, make: bool) -> int:
    """Descriptor of the folder of that name in an opened one."""
    if make:
        with contextlib.suppress(FileExistsError):
            os.mkdir(part, dir_fd=within)
    kind = stat.S_IFMT(_status(part, within).st_mode)
    if kind != stat.S_IFDIR:
        told = f"{part} is {KINDS.get(kind, 'a file')}, and what lies behind it is left alone"
        raise RefusedFileError(path, told)
    return drafts.open_folder(part, within)


def _status(name: str, within: int) -> os.stat_result:
    return os.stat(name, dir_fd=within, follow_symlinks=False)


def _sync(within: int) -> None:
    """Has the names in a folder written to the disk, where the file system can."""
    try:
        os.fsync(within)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise


@contextlib.contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """What the system says of a draft or of a part, said of the path that is meant."""
    try:
        yield
    except OSError as error:
        if error.errno is None or "/" in str(error.filename):
            raise
        if isinstance(error, RefusedFileError):
            raise RefusedFileError(path, str(error.strerror)) from None
        if isinstance(error, IsADirectoryError):
            raise RefusedFileError(path, "it is a folder, not a file") from None
        raise OSError(error.errno, error.strerror, str(path)) from error
