"""Which options an actor has."""

import numpy as np

from realpolitik.sim.engine.actions import NAMED, TRACKS
from realpolitik.sim.engine.choice import draw_options
from realpolitik.sim.engine.options import Roles, list_options


def test_with_three_hundred_partners_every_option_drawn_is_of_its_track() -> None:
    codes = [f"S{number:03}" for number in range(301)]
    roles = {code: Roles(partners=tuple(codes[1:]), rivals=tuple(codes[1:])) for code in codes}
    rates = dict.fromkeys(NAMED, 0.02)
    options = list_options(codes[0], codes, roles, [], None, rates)
    rng = np.random.default_rng(4)
    weights = np.asfortranarray(np.tile(options.base_rate, (2000, 1)))
    chosen = draw_options(weights, options.tracks, [rng.random(2000) for _ in TRACKS])
    for number, track in enumerate(TRACKS):
        assert options.on_track(track)[chosen[:, number]].all()
        assert chosen[:, number].max() - options.tracks[number].start > 250
