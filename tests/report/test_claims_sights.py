"""What a person sees: the page of an audit in a real browser, on a desk and on a telephone."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.documents.page import _environment, read_template
from realpolitik.sim.report.claims.page import claims_section, render_claims
from tests.report.claims_sample import ABOUT, CONCLUSIONS, declared, row, table

LONG = "A claim that goes on and on, as claims in articles do, " * 5


def many() -> pd.DataFrame:
    """Very many claims, long ones among them, with effects from none to huge."""
    verdicts = ("holds", "fails", "undecided")
    rows = [
        row(
            f"claim_{n}",
            verdicts[n % 3],
            claim=LONG if n % 7 == 0 else f"Claim {n}.",
            paragraph=f"P{1 + n % 20}",
            effect=10.0 ** (n % 9 - 5),
            low=-(10.0 ** (n % 5 - 4)),
            high=10.0 ** (n % 9 - 4),
            by=0.01 * (n % 2),
        )
        for n in range(150)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize("made", [table, many], ids=["few", "many"])
def test_the_page_reads_well(made: Any, browser: Any, chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "claims.html"
    path.write_text(render_claims(ABOUT, made(), CONCLUSIONS, declared()), encoding="utf-8")
    for width in browser.WIDTHS:
        sight = chromium.look(path, width)
        assert sight.faults() == []
        assert sight.seen["charts"] == ["chart-sized", "chart-any"]
        assert chromium.evaluate("window.taken === undefined")


def test_a_link_in_the_section_opens_what_it_leads_to(
    browser: Any, chromium: Any, tmp_path: Path
) -> None:
    found = claims_section(table(), CONCLUSIONS, declared(), "made up")
    section = _environment().get_template("claims_section.html.j2").render(claims=found)
    style, path = read_template("report.css"), tmp_path / "section.html"
    head = "<!DOCTYPE html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    path.write_text(f"{head}<style>{style}</style><main>{section}</main>", encoding="utf-8")
    for width in browser.WIDTHS:
        assert chromium.look(path, width).faults() == []
        chromium.evaluate("location.hash = '#in-RUS-israel-ties-returnees'")
        assert chromium.evaluate("document.querySelector('#encodings').open")
