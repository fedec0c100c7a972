"""Pictures with fewer colours, a third as large: for those that are kept in a repository."""

import importlib.util
import io

import numpy as np
from scipy.spatial import KDTree

COLOURS = 256


def reduce_colours(png: bytes) -> bytes:
    """A PNG with its most frequent colours only, where Pillow is installed; else as it is.

    Fills, lines and the ink of letters stay as they are, to the last shade; smoothed edges, whose
    colours are many and rare, take the nearest of those.
    """
    if importlib.util.find_spec("PIL") is None:
        return png
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        pixels = np.asarray(picture.convert("RGB"), dtype=np.uint32)
    codes = pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
    found, places, counts = np.unique(codes, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    kept = colours[np.argsort(-counts, kind="stable")[:COLOURS]].astype(np.uint8)
    nearest = KDTree(kept).query(colours)[1].astype(np.uint8)
    reduced = Image.fromarray(nearest[places].reshape(codes.shape)).convert("L")
    reduced.putpalette(kept.tobytes())
    written = io.BytesIO()
    reduced.save(written, "PNG", optimize=True)
    return written.getvalue()
