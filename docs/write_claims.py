"""Writes `docs/claims.md` from the claims and the last audit of them; `make docs` calls it.

    python docs/write_claims.py            writes the page from the audit that was kept
    python docs/write_claims.py --audit    tries all claims again first, and keeps what came of it

The second is needed when a test, a scenario that one names, or the behaviour of the model changes.
"""

import re
import runpy
import sys
from pathlib import Path

from realpolitik.sim.claims.audit import audit
from realpolitik.sim.claims.claim import Claims
from realpolitik.sim.claims.claims_file import load_claims
from realpolitik.sim.claims.record import SHIPPED, AuditRecord, read_record, record_text, recorded
from realpolitik.sim.documents.claims import ClaimAudit, claims_document
from realpolitik.sim.documents.markdown import render
from realpolitik.sim.experiments.workers import available_cores, local
from realpolitik.sim.files.folder import write_file
from realpolitik.sim.formatting.markdown import escaped, table
from realpolitik.sim.scenario.vocabulary import vocabulary

DOCS = Path(__file__).parent
PAGE = DOCS / "claims.md"
RECORD = DOCS.parent / "agents" / SHIPPED[1]
PLAYTHROUGHS = DOCS.parent / "tests" / "playthroughs" / "test_playthroughs.py"
WORLDS, SEED = 2000, 0

TABLES = {
    "world": "Constants of the world (`sim/engine/constants.csv`)",
    "initial": "Values at the start (`agents/initial.csv`)",
    "action": "Actions (`sim/engine/actions.csv`)",
    "rate": "Weekly rates (`agents/rates.csv`, `sim/engine/relation_rates.csv`)",
}


def page(claims: Claims, record: AuditRecord) -> str:
    """The whole page, without a simulation.

    Raises:
        StaleRecordError: a test was not tried in the form that it has now.
    """
    tests = recorded(claims.claims, record)
    found = ClaimAudit(claims.claims, tests, record.worlds, record.seed, link)
    return "\n\n".join(
        [
            "# The claims, put to the test\n\nWritten by `make docs` from `agents/claims.yaml` and "
            f"the last audit, `agents/{SHIPPED[1]}`; do not edit this page. The model that was "
            f"tried has the playthroughs {record.playthroughs}. `realpolitik claims` tries them "
            "again.",
            *re.split(r"\n+", claims.about),
            "## Verdicts",
            render(claims_document(found, "")),
            "## Incentives that are assumed, not in the article",
            _assumed(claims),
        ]
    )


def _assumed(claims: Claims) -> str:
    rows = [(f"`{name}`", escaped(why)) for name, why in claims.assumed.items()]
    return table(("Incentive", "Why it is there"), rows)


def link(name: str) -> str:
    """Where something that a claim is encoded in is explained: the tables, or its scenario."""
    words = vocabulary()
    first = name.partition(".")[0]
    if name in words.actions:
        first = "action"
    elif name not in words.parameters:
        return f"../scenarios/{re.split('[#:]', name)[0]}.yaml"
    if first in words.actors:
        return f"tables.md#{slug(f'{words.actors[first].title} ({first})')}"
    return f"tables.md#{slug(TABLES[first])}"


def slug(heading: str) -> str:
    """The anchor that a heading has on the page."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def tried_again(claims: Claims) -> str:
    """The record of a new audit."""
    fingerprint = runpy.run_path(str(PLAYTHROUGHS))["fingerprint"]()
    with local(available_cores()).hire() as executor:
        tried = audit(claims.claims, WORLDS, SEED, executor=executor)
    return record_text(claims.claims, tried, WORLDS, SEED, fingerprint)


if __name__ == "__main__":
    found = load_claims()
    if "--audit" in sys.argv[1:]:
        write_file(RECORD, tried_again(found))
    kept = read_record(RECORD.read_text(encoding="utf-8"))
    write_file(PAGE, page(found, kept) + "\n")
