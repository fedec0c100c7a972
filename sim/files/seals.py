"""Files of tables that carry their own digest, so that no bit of them can change unseen.

The digest is that of the whole file with zeros in the place of the digest. It lies in the key-value
metadata, which any reader of parquet passes over, and is there from the moment the file is.
"""

from hashlib import sha256

KEY = b"realpolitik.sha256"
BLANK = b"0" * 64
MARK = b"realpolitik.worlds"
"""The key of what a table says of the worlds that it holds: a digest, as long as the seal."""


class BrokenSealError(ValueError):
    """A file that is not what was written."""


class NoSealError(BrokenSealError):
    """A file without a digest: of another tool, or an older version of this one."""


def metadata(mark: str = "") -> dict[bytes, bytes]:
    """What a table is written with that is to be sealed, and marked if there is a mark."""
    return ({MARK: mark.encode()} if mark else {}) | {KEY: BLANK}


def mark_of(content: bytes) -> str:
    """The mark of a sealed file; empty if it has none."""
    key = content.rfind(MARK)
    place = key + len(MARK) + 2
    return content[place : place + len(BLANK)].decode("ascii", "replace") if key >= 0 else ""


def sealed(blank: bytes) -> bytes:
    """A file that was written with such metadata, with its digest in it."""
    place = _place(blank)
    return blank[:place] + _digest(blank) + blank[place + len(BLANK) :]


def check_seal(content: bytes) -> None:
    """Makes sure that a file is what was written.

    Raises:
        NoSealError: it has no digest.
        BrokenSealError: it is not.
    """
    place = _place(content)
    blank = content[:place] + BLANK + content[place + len(BLANK) :]
    if content[place : place + len(BLANK)] != _digest(blank):
        raise BrokenSealError("not the file that was written")


def _digest(blank: bytes) -> bytes:
    return sha256(blank).hexdigest().encode()


def _place(content: bytes) -> int:
    """Where the digest begins: behind its key, and the two bytes that say how long it is."""
    key = content.rfind(KEY)
    if key < 0:
        raise NoSealError("without the digest that its writer gives it")
    return key + len(KEY) + 2
