"""Pictures with fewer colours."""

from pathlib import Path

import numpy as np
import pytest

from realpolitik.sim.image_export.shrinking import COLOURS, reduce_colours

image = pytest.importorskip("PIL.Image")


def colours(path: Path) -> np.ndarray:
    with image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def test_fills_keep_their_shade_and_rare_colours_take_the_nearest(tmp_path: Path) -> None:
    pixels = np.full((64, 64, 3), 255, dtype=np.uint8)
    pixels[:20] = (0xF1, 0xF6, 0xFA)
    pixels[20:40] = (0xD5, 0x5E, 0x00)
    pixels[60:] = np.random.default_rng(0).integers(0, 256, (4, 64, 3), dtype=np.uint8)
    path = tmp_path / "a.png"
    image.fromarray(pixels).save(path)
    path.write_bytes(reduce_colours(path.read_bytes()))
    found = colours(path)
    assert (found[:60] == pixels[:60]).all()
    assert len(np.unique(found.reshape(-1, 3), axis=0)) <= COLOURS


def test_a_picture_of_one_colour_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    image.fromarray(np.full((3, 5, 3), 200, dtype=np.uint8)).save(path)
    path.write_bytes(reduce_colours(path.read_bytes()))
    assert (colours(path) == 200).all()
    assert colours(path).shape == (3, 5, 3)
