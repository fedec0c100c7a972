"""What is put in: the incentives of every actor, assumed numbers, and what the user set."""

from dataclasses import dataclass

from realpolitik.sim.documents.exhibits import TextTable
from realpolitik.sim.formatting.numbers import NONE
from realpolitik.sim.report.run.records import Json, Run, text, value


@dataclass(frozen=True)
class ActorsIncentives:
    """The incentives of one actor; a sum of parts is listed and not counted."""

    actor: str
    weights: int
    assumed: int
    table: TextTable


def actors_incentives(run: Run) -> list[ActorsIncentives]:
    """A table for each actor that declares incentives, in the scenario's order of actors."""
    found = run.manifest.get("incentives") or []
    codes = dict.fromkeys(text(each["actor"]) for each in found)
    return [
        _of_actor(run, code, [each for each in found if each["actor"] == code]) for code in codes
    ]


def _of_actor(run: Run, code: str, incentives: list[Json]) -> ActorsIncentives:
    header = ("Incentive", "Weight", "Range", "Basis", "Source", "Why")
    rows = [
        (
            text(each["name"]).replace("_", " ").replace(".", " · "),
            plain_number(each["default"]),
            f"{plain_number(each['low'])} to {plain_number(each['high'])}",
            text(each.get("provenance", "assumed")),
            text(each["source"]),
            text(each["why"]),
        )
        for each in incentives
    ]
    addresses = [text(each["address"]) for each in incentives]
    kinds = [
        text(each.get("provenance", "assumed"))
        for each, address in zip(incentives, addresses, strict=True)
        if not any(other.startswith(f"{address}.") for other in addresses)
    ]
    assumed = kinds.count("assumed")
    return ActorsIncentives(run.names.title(code), len(kinds), assumed, TextTable(header, rows))


def examples_table(run: Run) -> TextTable:
    """Some of the assumed numbers."""
    found = run.manifest["provenance"].get("examples") or []
    rows = [
        (
            text(each["address"]),
            plain_number(each["default"]),
            f"{plain_number(each['low'])} to {plain_number(each['high'])}",
            text(each["source"]),
            text(each["meaning"]),
        )
        for each in found
    ]
    return TextTable(("Address", "Value", "Range", "Source", "Meaning"), rows)


def settings(run: Run) -> TextTable:
    """What the user or the scenario set, by address."""
    found = run.scenario.get("parameters") or {}
    return TextTable(
        ("Parameter", "Value"), [(name, plain_number(set_to)) for name, set_to in found.items()]
    )


def plain_number(found: object) -> str:
    """A number as it stands in a table of parameters."""
    number = value(found)
    return NONE if number != number else f"{number:g}".replace("-", "−")
