"""What a process needs so that it runs worlds as fast as it can."""

import ctypes
import os
from contextlib import AbstractContextManager
from functools import lru_cache

from threadpoolctl import ThreadpoolController

MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1  # of glibc's mallopt
KEPT = 32 * 2**20  # arrays of a block are smaller [bytes]


def ready() -> AbstractContextManager[object]:
    """Holds the libraries that have threads to one: products this small only wait for others."""
    keep_memory()
    limited: AbstractContextManager[object] = _threads().limit(limits=1)
    return limited


@lru_cache(maxsize=1)
def keep_memory() -> bool:
    """Has freed memory kept for the next array, if the environment forbids it; whether it did.

    Dask gives its workers MALLOC_TRIM_THRESHOLD_, so that each array of a week is asked of the
    system anew, page by page. That takes half as long again as the worlds themselves.
    """
    if "MALLOC_TRIM_THRESHOLD_" not in os.environ:
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # another C library than glibc
        return False
    return bool(mallopt(MMAP_THRESHOLD, KEPT) and mallopt(TRIM_THRESHOLD, 2 * KEPT))


@lru_cache(maxsize=1)
def _threads() -> ThreadpoolController:
    """The libraries of this process that have threads; to look for them takes a while."""
    return ThreadpoolController()
