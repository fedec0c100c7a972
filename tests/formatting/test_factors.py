import pytest

from realpolitik.sim.formatting.factors import factor_said, factor_span


@pytest.mark.parametrize(
    ("factor", "told"),
    [
        (4383.5, "4,400"),
        (12.3, "12"),
        (0.0812, "0.081"),
        (1.0, "1"),
        (2e9, "> 10,000"),
        (2e-9, "< 0.0001"),
        (float("nan"), "unknown"),
    ],
)
def test_factors_have_two_figures(factor: float, told: str) -> None:
    assert factor_said(factor) == told


def test_an_interval_that_does_not_exist_is_a_dash() -> None:
    assert factor_span(float("nan"), float("nan")) == "–"
    assert factor_span(0.5, 3.0) == "0.5 to 3"
