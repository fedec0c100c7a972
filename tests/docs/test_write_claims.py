"""`docs/claims.md` says what the claims say, and its verdicts are those of this model.

The full audit is not run here. What it left is compared with the claims as they stand, with the
playthroughs, and with a small part of the audit, which is run again.
"""

import re
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim.claims.audit import audit
from realpolitik.sim.claims.claims_file import load_claims
from realpolitik.sim.claims.record import read_record, recorded, stale_tests
from realpolitik.sim.formatting.markdown import escaped
from tests.playthroughs.test_playthroughs import fingerprint
from write_claims import link, page, slug

DOCS = Path(__file__).parents[2] / "docs"
AGAIN = "run `python docs/write_claims.py --audit`"
FILE, RECORD = load_claims(), read_record()
SAMPLE = ("advice_limits",)  # two cases; what it looks at hangs on much of the model


def test_every_test_was_tried_as_it_stands() -> None:
    assert stale_tests(FILE.claims, RECORD) == [], AGAIN
    keys = {(claim.id, n) for claim in FILE.claims for n in range(1, len(claim.trials) + 1)}
    assert set(RECORD.rows) == keys, AGAIN


def test_it_is_the_model_of_these_playthroughs_that_was_tried() -> None:
    assert RECORD.playthroughs == fingerprint(), AGAIN
    assert RECORD.worlds >= 2000


def test_a_sample_of_the_audit_comes_out_the_same() -> None:
    claims = [claim for claim in FILE.claims if claim.id in SAMPLE]
    again = audit(claims, RECORD.worlds, RECORD.seed)
    pd.testing.assert_frame_equal(again, recorded(claims, RECORD), rtol=1e-9, obj=AGAIN)


def test_the_page_is_the_one_that_claims_and_record_give() -> None:
    text = (DOCS / "claims.md").read_text(encoding="utf-8")
    assert text == page(FILE, RECORD) + "\n", "run `python docs/write_claims.py`"


def test_the_page_holds_every_claim_with_all_that_it_is_encoded_in() -> None:
    text = (DOCS / "claims.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    for claim in FILE.claims:
        ends = (f" · {escaped(claim.id)}<br>", f" · {escaped(claim.id)} |")
        (own,) = (line for line in rows if any(end in line for end in ends))
        for name in claim.encoded:
            assert f"[{escaped(name)}](" in own, (claim.id, name)


def test_links_lead_to_a_heading_that_is_there() -> None:
    tables = (DOCS / "tables.md").read_text(encoding="utf-8")
    anchors = {slug(heading) for heading in re.findall(r"^#+ (.*)$", tables, re.MULTILINE)}
    text = (DOCS / "claims.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(tables\.md#([^)]*)\)", text)) <= anchors


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("RUS.israel_ties", "tables.md#russia-rus"),
        ("limited_strike", "tables.md#actions-simengineactionscsv"),
        ("us_conduct/wedge#no_pressure", "../scenarios/us_conduct/wedge.yaml"),
        ("haniyeh_2024:us_posture", "../scenarios/haniyeh_2024.yaml"),
    ],
)
def test_a_name_leads_to_where_it_is_explained(name: str, target: str) -> None:
    assert link(name) == target
