"""Writes `docs/tables.md` from the tables that the code reads; `make docs` calls it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.engine.parameters import Parameter, constants
from realpolitik.sim.engine.world import QUANTITIES
from realpolitik.sim.scenario.vocabulary import Vocabulary, vocabulary

PAGE = Path(__file__).parent / "tables.md"
PARAMETERS = ("address", "default", "range", "source", "meaning")


def page() -> str:
    """The whole page."""
    words = vocabulary()
    return "\n\n".join(
        [
            "# The tables\n\nWritten by `make docs` from the files that the code reads; "
            "do not edit this page.",
            "## Actions (`sim/engine/actions.csv`)",
            _actions(),
            "## Constants of the world (`sim/engine/constants.csv`)",
            _parameters(constants()),
            "## Quantities (`sim/engine/quantities.csv`)",
            _quantities(),
            "## Incentives (`agents/*.py`)",
            *_incentives(words),
            "## Values at the start (`agents/initial.csv`)",
            _parameters(value.parameter for value in words.start_values),
            "## Base rates of the record (`scenarios/base_rates.csv`)",
            _base_rates(words),
        ]
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    cells = ([str(cell).replace("|", "/").replace("<", "&lt;") for cell in row] for row in rows)
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in cells)])


def _actions() -> str:
    fields = ("track", "action", "target", "cameo", "goldstein", "rung", "visibility", "benefit")
    more = ("severity", "cost", "base_rate", "help_grade", "alignment", "relief", "loyalty")
    last = ("leverage", "backing_down", "belief_odds", "deaths", "flow", "capability")
    head = (*fields, *more, *last, "air_defence", "source")
    return _table(head, ([_cell(getattr(a, name)) for name in head] for a in ACTIONS))


def _cell(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else value


def _parameters(parameters: Iterable[Parameter]) -> str:
    return _table(
        PARAMETERS,
        (
            (f"`{p.address}`", f"{p.default:g}", f"{p.low:g} to {p.high:g}", p.source, p.meaning)
            for p in parameters
        ),
    )


def _quantities() -> str:
    return _table(
        ("quantity", "of", "range", "default", "meaning"),
        (
            (
                q.name,
                "dyad" if q.per_dyad else "actor",
                f"{q.low:g} to {q.high:g}",
                f"{q.default:g}",
                q.meaning,
            )
            for q in QUANTITIES.values()
        ),
    )


def _incentives(words: Vocabulary) -> list[str]:
    return [
        f"### {actor.title} ({code})\n\n{_parameters(actor.parameters())}"
        for code, actor in words.actors.items()
    ]


def _base_rates(words: Vocabulary) -> str:
    return _table(
        ("id", "value", "n", "unit", "source", "statement"),
        (
            (r.id, f"{r.value:g}", r.n or "", r.unit, r.source, r.statement)
            for r in words.base_rates.values()
        ),
    )


if __name__ == "__main__":
    PAGE.write_text(page() + "\n", encoding="utf-8")
