"""Each design gets the tables that apply to it, in one form."""

from collections.abc import Callable

import numpy as np
import pytest
from SALib.sample import morris, sobol

from realpolitik.sim.analysis.study import analyse
from realpolitik.sim.experiments.tallies import Findings

Make = Callable[..., Findings]
PROBLEM = {"num_vars": 2, "names": ["a", "b"], "bounds": [[0, 1]] * 2}
GRID = np.stack(np.meshgrid(*[np.linspace(0, 1, 5)] * 2), axis=-1).reshape(-1, 2)
LINES = np.array([[0.5, 0.5], [0, 0.5], [1, 0.5], [0.5, 0], [0.5, 1]])
COLUMNS = {
    "summary": "outcome point mean low high n worlds came",
    "spread": "outcome mean low high n points parameter_sd noise_sd least greatest came",
    "effects": "outcome address value_low value_high at_low at_low_low at_low_high at_high "
    "at_high_low at_high_high difference low high at_low_came at_high_came n points",
    "curves": "outcome address value mean low high n points came",
    "tipping": "outcome address threshold value low high direction n note",
    "sobol": "outcome address first first_low first_high total total_low total_high "
    "first_noise_low first_noise_high total_noise_low total_noise_high n points came",
    "morris": "outcome address mu mu_star mu_star_low mu_star_high sigma n points came",
    "boxes": "box address low high coverage density mass n_points p_value cases uncertain",
    "peeling": "box coverage density mass restricted n_points chosen cases uncertain",
}
ALWAYS = {"summary", "spread"}
ALONG = {*ALWAYS, "curves", "effects", "tipping"}
BOXES = {"boxes", "peeling"}


def findings(make: Make, x: np.ndarray, sampler: str, **study: object) -> Findings:
    """A study of two outcomes at points x (points, 2)."""
    uniform = np.random.default_rng(1).random((1, 60))
    values = (uniform < x[:, :1]).astype(np.float64)
    points = {"a": x[:, 0], "b": x[:, 1]}
    asked = {"default": 0.5, "bounds": (0.0, 1.0), "scale": "share"} | study
    return make(points, sampler=sampler, worlds={"o": values, "p": 1 - values}, **asked)


@pytest.mark.parametrize(
    ("sampler", "x", "names"),
    [
        ("grid", GRID, ALONG | BOXES),
        ("one_at_a_time", LINES, ALONG),
        ("latin_hypercube", GRID, ALWAYS | BOXES),
        (
            "sobol",
            sobol.sample(PROBLEM, 8, calc_second_order=False, seed=1),
            {*ALWAYS, "sobol"} | BOXES,
        ),
        ("morris", morris.sample(dict(PROBLEM), 6, seed=1), {*ALWAYS, "morris"}),
    ],
)
def test_a_design_has_the_tables_that_apply(
    make: Make, sampler: str, x: np.ndarray, names: set[str]
) -> None:
    favoured = {"outcome": "o", "side": "above", "level": 0.5}
    found = analyse(findings(make, x, sampler, thresholds={"o": 0.4}, favoured=favoured))[0]
    assert set(found) == names
    for name, table in found.items():
        assert list(table.columns) == COLUMNS[name].split(), name
        assert len(table) > 0, name


def test_what_is_not_asked_for_is_absent(make: Make) -> None:
    assert set(analyse(findings(make, GRID, "grid"))[0]) == ALONG - {"tipping"}


def test_only_outcomes_that_are_reported_have_rows(make: Make) -> None:
    reported = [{"name": "p", "label": "P", "scale": "share"}]
    tables, _ = analyse(findings(make, GRID, "grid", outcomes=reported))
    assert {name for table in tables.values() for name in table.outcome} == {"p"}


def test_a_study_in_which_every_chunk_failed_is_told_as_it_is(make: Make) -> None:
    for sampler, x in (("grid", GRID), ("one_at_a_time", LINES)):
        empty = np.full((len(x), 40), np.nan)
        points = {"a": x[:, 0], "b": x[:, 1]}
        found = make(
            points, sampler=sampler, default=0.5, worlds={"o": empty}, thresholds={"o": 0.5}
        )
        tables, missing = analyse(found)
        assert missing == ()
        assert tables["curves"]["mean"].isna().all()
        assert tables["effects"].difference.isna().all()
        assert list(tables["tipping"].note) == ["no level has a value"] * 2
        assert tables["spread"].points[0] == 0
