"""What is said of conclusions: whether they follow, and whether they would without motives."""

import pandas as pd

from realpolitik.sim.claims.audit import COLUMNS, conclusions


def test_conclusions_are_about_conduct_past_and_to_come() -> None:
    kinds = ("incentive", "belief", "constraint", "precedent", "behaviour", "prediction")
    assert list(conclusions(made_up(*({"kind": kind} for kind in kinds)))["kind"]) == [
        "precedent",
        "behaviour",
        "prediction",
    ]


def test_what_follows_comes_first_and_facts_are_shown() -> None:
    table = made_up(
        {"verdict": "not testable"},
        {"verdict": "fails", "status": "fact"},
        {"verdict": "undecided"},
        {"verdict": "holds", "status": "fact"},
        {"verdict": "fails"},
        {"verdict": "holds"},
    )
    found = conclusions(table)
    assert found["word"].tolist() == [
        "Shown",
        "Follows",
        "Not shown",
        "Does not follow",
        "Undecided",
        "Cannot be tested",
    ]
    assert found["id"].tolist() == ["c3", "c5", "c1", "c4", "c2", "c0"]


def test_what_holds_without_motives_does_not_follow_from_them() -> None:
    table = made_up(
        {"without_finding": "holds"},
        {"without_finding": "holds", "status": "fact"},
        {"without_finding": "fails"},
        {"without_finding": "undecided"},
        {"without_finding": "holds", "verdict": "fails"},
    )
    assert conclusions(table).set_index("id")["word"].to_dict() == {
        "c0": "Holds, also without Russia's motives",
        "c1": "Shown, also without Russia's motives",
        "c2": "Follows",
        "c3": "Follows",
        "c4": "Does not follow",
    }


def test_one_level_that_fails_without_motives_is_evidence_for_them() -> None:
    table = made_up({"without_finding": "holds"}, {"without_finding": "fails"}, {})
    alone = conclusions(table.iloc[[0, 2]].assign(id="c0"))
    assert alone["word"].tolist() == ["Holds, also without Russia's motives"]
    assert conclusions(table.assign(id="c0"))["word"].tolist() == ["Follows"]


def test_without_conclusions_there_are_none() -> None:
    assert conclusions(made_up({"kind": "belief"})).empty


def made_up(*rows: dict[str, str]) -> pd.DataFrame:
    """A table of an audit in which all that is not given holds."""
    usual = {"kind": "behaviour", "status": "opinion", "verdict": "holds", "test": 1}
    made = [
        {**dict.fromkeys(COLUMNS, ""), "id": f"c{number}", **usual, **row}
        for number, row in enumerate(rows)
    ]
    table = pd.DataFrame(made)
    return table.assign(finding=table["verdict"])
