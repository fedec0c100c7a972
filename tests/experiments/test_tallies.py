"""Sums over batches of worlds, out of the parts of a study."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from realpolitik.sim.experiments.study_folder import StudyFolder, StudyFolderError
from realpolitik.sim.experiments.study_settings import describe
from realpolitik.sim.experiments.tallies import read_findings
from realpolitik.sim.stats.jackknife import BATCHES
from tests.experiments.small import ADDRESS, FURTHER, PLAN, small_plan, small_scenario, worlds_in


def test_sums_are_those_of_the_worlds_in_all_parts(fresh: Path) -> None:
    found, worlds = read_findings(StudyFolder(fresh)), worlds_in(fresh)
    assert found.addresses == [ADDRESS]
    assert list(found.scales) == list(found.tallies) == list(PLAN.outcomes)
    assert found.worlds.tolist() == [PLAN.worlds] * 4
    by_point = worlds.groupby("point")
    for name in ("strike", "alignment"):
        assert found.tallies[name].mean == pytest.approx(by_point[name].mean().to_numpy())
    weeks, scale = found.tallies["weeks_to_strike"], found.scales["weeks_to_strike"]
    came = by_point["weeks_to_strike"].apply(lambda values: values.notna().mean())
    counted = by_point["weeks_to_strike"].apply(
        lambda values: scale.counted(values.to_numpy()).mean()
    )
    assert weeks.share_that_came == pytest.approx(came.to_numpy())
    assert weeks.mean == pytest.approx(counted.to_numpy())


def test_world_k_lies_in_batch_k_modulo_twenty(fresh: Path) -> None:
    tally, worlds = read_findings(StudyFolder(fresh)).tallies["strike"], worlds_in(fresh)
    first = worlds[worlds["point"] == 0]
    sums = np.bincount(first["world"] % BATCHES, weights=first["strike"], minlength=BATCHES)
    assert tally.n[0].tolist() == [PLAN.worlds // BATCHES] * BATCHES
    assert tally.total[0].tolist() == sums.tolist()


def test_a_part_that_lacks_an_outcome_is_named_with_what_makes_it_anew(
    fresh: Path, tmp_path: Path
) -> None:
    store = StudyFolder(shutil.copytree(fresh, tmp_path / "grown"))
    more = small_plan(scenario=small_scenario(FURTHER), outcomes=(*PLAN.outcomes, "gap"))
    store.put_settings(describe(more))
    with pytest.raises(StudyFolderError, match=r"0000000-.*gap yet; sweep --resume"):
        read_findings(store)
