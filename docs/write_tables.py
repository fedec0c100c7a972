"""Writes `docs/tables.md` from the tables that the code reads; `make docs` calls it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from realpolitik.agents.grounding import Derived, derived_values, lag_hazards
from realpolitik.sim.engine.actions import ACTIONS, NAMED
from realpolitik.sim.engine.parameters import ASSUMED, KINDS, ON_DATA, Parameter, constants
from realpolitik.sim.engine.tables import read_table
from realpolitik.sim.engine.world import QUANTITIES
from realpolitik.sim.files.folder import write_file
from realpolitik.sim.scenario.vocabulary import Vocabulary, vocabulary

PAGE = Path(__file__).parent / "tables.md"
RATES = """A rate is the chance that an actor does something toward another in an ordinary week. It
is estimated by `docs/write_estimates.py` from events that ICEWS coded from the news of 2014 (51
whole weeks) and of January 2018 to March 2019 (64): the share of weeks with events of such a code,
shrunk toward that of all pairs by four weeks of it. The weeks of 2021 are kept back to judge the
model by. No event is shipped. Intervals, weeks and sources stand in the two tables; intervals are
wide, as the two periods differ eight times as much as chance would have it.

What the record does not tell:

- Arms have one code. They are booked as defensive arms, whole.
- Talks are any stated intent to meet or negotiate; sanctions include talk of those in force.
- Private words, covert acts, strikes through others, arms withheld and intelligence are not seen.
  They have no rows: the base rate of the action holds.
- The codes of force book talk and fighting on third soil. Only Russia and Ukraine have a rate of
  strikes, of any size by a strict rule, from years before the invasion of 2022.
- Who has not stood against whom cannot have stepped back: rates of stepping back are those of years
  with hardly a standoff.
- The news of 2014 know no Houthis, and hold about half the events of later files."""
BY_RELATION = """An actor without rows of its own has the rates of its relation: the share of weeks
of all pairs in that relation, and in brackets where 80 % of such pairs are expected."""
PARAMETERS = ("address", "default", "range", "basis", "source", "meaning")


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
            "## Weekly rates (`agents/rates.csv`, `sim/engine/relation_rates.csv`)",
            RATES,
            _rates_of_pairs(),
            BY_RELATION,
            _rates_of_relations(),
            "## Base rates of the record (`scenarios/base_rates.csv`)",
            _base_rates(words),
            "## How much is grounded\n\nGrounded: the source opens with keys of the next table, "
            "which say whence the number was read or computed. Fixed: the range has no width. All "
            "else is assumed. Sums are counted by their parts.",
            shares(words),
            "## Sources (`sim/engine/sources.csv`, `agents/sources.csv`)",
            _sources(words),
            "## What the record gives, beside the defaults (`agents/grounding.py`)\n\n"
            "Hostility is ½ (rivalry + distance of ideal points / widest distance); endurance the "
            "CINC share over the strongest; an alliance the rate at which defence pacts were kept. "
            "The interval is what the data leave open, not what the formula does. Hostility is the "
            "same both ways. Where the model has no row, the default of the quantity holds.",
            _derived(words),
            "## Weekly hazard of a major response to a trigger (`agents/data/response_lags.csv`)",
            _hazards(),
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
    basis = vocabulary().provenance
    return _table(
        PARAMETERS,
        (
            (f"`{p.address}`", f"{p.default:g}", _range(p), basis(p), p.source, p.meaning)
            for p in parameters
        ),
    )


def _range(parameter: Parameter) -> str:
    return f"{parameter.low:g} to {parameter.high:g}"


def shares(words: Vocabulary) -> str:
    """A row for each group of addresses, and one for all."""
    kinds = [
        (_group(p.address, words), words.provenance(p))
        for p in words.parameters.values()
        if not p.parts
    ]
    groups = (*dict.fromkeys(group for group, _ in kinds), "all")
    rows = []
    for name in groups:
        found = [kind for group, kind in kinds if name in (group, "all")]
        rows.append((name, *(found.count(kind) for kind in KINDS), _share_on_data(found)))
    return _table(("numbers", *KINDS, "estimated or grounded of those that are free"), rows)


def _share_on_data(kinds: Sequence[str]) -> str:
    """Of the free among numbers of these kinds, the share that rests on data."""
    on_data, assumed = sum(map(kinds.count, ON_DATA)), kinds.count(ASSUMED)
    return f"{on_data / (on_data + assumed):.0%}" if on_data + assumed else ""


def _group(address: str, words: Vocabulary) -> str:
    first = address.split(".")[0]
    named = {
        "world": "constants",
        "action": "base rates",
        "rate": "rates of pairs",
        "initial": "values at the start",
    }
    return "weights" if first in words.actors else named[first]


def _sources(words: Vocabulary) -> str:
    return _table(
        ("key", "citation", "DOI", "covers", "note"),
        ((s.key, s.citation, s.doi, s.covers, s.note) for s in words.sources.values()),
    )


def _derived(words: Vocabulary) -> str:
    """Each derived value beside the default that holds, and what became of it."""
    rows = []
    for one in _one_way():
        found = words.parameters.get(one.address)
        quantity = QUANTITIES.get(one.address.split(".")[1])
        default = found.default if found else quantity.default if quantity else None
        known = ("" if default is None else f"{default:g}", _range(found) if found else "no row")
        gap = "" if default is None else f"{one.value - default:+.2f}"
        given = (f"{one.value:.2f}", f"{one.low:.2f} to {one.high:.2f}")
        rows.append(
            (f"`{one.address}`", *known, *given, gap, _fate(one.rounded, found), one.source)
        )
    head = ("address", "default", "range", "derived", "interval", "difference", "taken?", "from")
    return _table(head, rows)


def _one_way() -> list[Derived]:
    """What is derived, a dyad only once: its hostility is the same in both directions."""
    first = {
        (one.address.partition("-")[0].rpartition(".")[0], frozenset(one.place)): one
        for one in reversed(derived_values())
    }
    return list(reversed(first.values()))


def _fate(value: float, parameter: Parameter | None) -> str:
    """Whether a derived value is the default, could be, or lies outside the declared range."""
    if parameter is None:
        return "no row"
    if parameter.default == value:
        return "taken"
    return "in range" if parameter.low <= value <= parameter.high else "out of range"


def _hazards() -> str:
    return _table(
        ("from day", "to day", "chance a week"),
        ((f"{start:g}", f"{end:g}", f"{hazard:.2f}") for start, end, hazard in lag_hazards()),
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
        f"### {actor.title} ({code})\n\n{_parameters(words.weights_of(code))}"
        for code, actor in words.actors.items()
    ]


def _rates_of_pairs() -> str:
    """A row a pair, a column an action."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in read_table("realpolitik.agents", "rates.csv"):
        of_pair = found.setdefault((row["of"], row["toward"]), {})
        of_pair[row["action"]] = f"{row.number('rate'):.2g}"
    return _by_action({"-".join(pair): cells for pair, cells in found.items()}, "pair")


def _rates_of_relations() -> str:
    """A row a relation, a column an action."""
    found: dict[str, dict[str, str]] = {}
    for row in read_table("realpolitik.sim.engine", "relation_rates.csv"):
        spread = f"({row['low']} to {row['high']})"
        cells = found.setdefault(row["relation"], {})
        cells[row["action"]] = f"{row.number('rate'):.2g} {spread}"
    return _by_action(found, "relation")


def _by_action(found: Mapping[str, Mapping[str, str]], what: str) -> str:
    actions = [name for name in NAMED if any(name in cells for cells in found.values())]
    rows = ((name, *(cells.get(action, "") for action in actions)) for name, cells in found.items())
    return _table((what, *actions), rows)


def _base_rates(words: Vocabulary) -> str:
    return _table(
        ("id", "value", "n", "unit", "source", "statement"),
        (
            (r.id, f"{r.value:g}", r.n or "", r.unit, r.source, r.statement)
            for r in words.base_rates.values()
        ),
    )


if __name__ == "__main__":
    write_file(PAGE, page() + "\n")
