"""`realpolitik list`: every name that a scenario file or `--set` may use."""

import inspect
from collections.abc import Callable, Iterator, Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from realpolitik.sim.cli.exits import note
from realpolitik.sim.cli.output import pairs, say_json, show, table
from realpolitik.sim.engine.actions import TRACKS
from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.experiments.plan_file import load_study, shipped_studies
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.errors import ScenarioError, number
from realpolitik.sim.scenario.loading import shipped_scenarios
from realpolitik.sim.scenario.vocabulary import Vocabulary, vocabulary

Blocks = Iterator[RenderableType]


def print_list(topic: str | None) -> None:
    """The names of a topic with what they mean; without a topic, a little of each."""
    show(*(TOPICS[topic] if topic else overview)(vocabulary()))
    if topic is None:
        note(f"More: realpolitik list TOPIC, where TOPIC is one of {', '.join(TOPICS)}.")


def print_parameters() -> None:
    """Every parameter as one JSON object, by address."""
    words = vocabulary()
    say_json({address: _facts(one, words) for address, one in words.parameters.items()})


def overview(words: Vocabulary) -> Blocks:
    """A few lines of every topic."""
    rows = [("scenarios", ", ".join(shipped_scenarios()))]
    rows += [("studies", ", ".join(shipped_studies()))]
    rows += [("actors", ", ".join(f"{code} {actor.title}" for code, actor in words.actors.items()))]
    for track in TRACKS:
        names = [name for name, action in words.actions.items() if action.track == track]
        rows.append((f"actions: {track}", ", ".join(names)))
    weights = [address for address in words.parameters if address.split(".")[0] in words.actors]
    rows += [("incentives", f"{len(weights)} weights, such as {weights[0]}")]
    rows += [("parameters", f"{len(words.parameters)} addresses for --set and `parameters`")]
    rows += [("outcomes", ", ".join(words.measures))]
    yield pairs(rows)


def scenarios(_: Vocabulary) -> Blocks:
    """Shipped scenarios with titles and variants; one that is wrong is told of on stderr."""
    rows = []
    for name in shipped_scenarios():
        try:
            scenario = load_scenario(name)
            rows.append((name, scenario.title, ", ".join(f"#{one}" for one in scenario.variants)))
        except ScenarioError as error:
            note(*map(str, error.faults))
    yield table(("Scenario", "Title", "Variants"), rows)


def studies(_: Vocabulary) -> Blocks:
    """Shipped studies with titles, samplers and what they vary."""
    rows = []
    for name in shipped_studies():
        try:
            plan = load_study(name).plan
            varied = [vary.address for vary in plan.vary]
            more = f" and {len(varied) - 3} more" if len(varied) > 3 else ""
            rows.append((name, plan.title, plan.sampler, ", ".join(varied[:3]) + more))
        except ScenarioError as error:
            note(*map(str, error.faults))
    yield table(("Study", "Title", "Sampler", "Varies"), rows)


def actors(words: Vocabulary) -> Blocks:
    """Actors with what they are."""
    rows = [(code, actor.title, _first_line(actor)) for code, actor in words.actors.items()]
    yield table(("Actor", "Name", "In short"), rows)


def actions(words: Vocabulary) -> Blocks:
    """Actions with rung, severity and weekly base rate."""
    rows = [
        (
            action.track,
            name,
            number(action.rung),
            number(action.base_rate),
            f"{action.meaning} (CAMEO {action.cameo})",
        )
        for name, action in words.actions.items()
    ]
    yield table(("Track", "Action", "Rung", "A week", "Meaning"), rows, numbers=("Rung", "A week"))


def incentives(words: Vocabulary) -> Blocks:
    """The weights of each actor: value, range and source on one line, the reason beneath."""
    for code, actor in words.actors.items():
        yield Text(f"{code} {actor.title}", style="bold")
        for parameter in words.weights_of(code):
            yield f"  {parameter.address}  {_numbers(parameter)}"
            if parameter.meaning:
                yield Padding(parameter.meaning, (0, 0, 0, 6), expand=False)
        yield ""


def parameters(words: Vocabulary) -> Blocks:
    """Every address with value, range, unit, what it rests on, and source; then the keys.

    The range of an estimate is its interval, with its level.
    """
    rows = [
        (
            parameter.address,
            number(parameter.default),
            _range(parameter),
            "" if parameter.unit == "1" else parameter.unit,
            words.provenance(parameter),
            parameter.source,
        )
        for parameter in words.parameters.values()
    ]
    head = ("Parameter", "Value", "Range", "Unit", "Basis", "Source")
    yield table(head, rows, numbers=("Value",))
    yield ""
    keys = [(source.key, source.citation) for source in words.sources.values()]
    yield table(("Source", "Citation"), keys)


def outcomes(words: Vocabulary) -> Blocks:
    """Measures that outcomes are declared from, and base rates that may stand beside them."""
    rows = [
        (name, ", ".join(_fields(measure)), measure.scale, _first_line(measure))
        for name, measure in words.measures.items()
    ]
    yield table(("Measure", "Needs", "Gives", "Meaning"), rows)
    yield ""
    rates = [
        (rate.id, f"{number(rate.value)} {rate.unit}", rate.statement)
        for rate in words.base_rates.values()
    ]
    yield table(("Base rate", "Value", "Record"), rates)


TOPICS: Mapping[str, Callable[[Vocabulary], Blocks]] = {
    "scenarios": scenarios,
    "studies": studies,
    "actors": actors,
    "actions": actions,
    "incentives": incentives,
    "parameters": parameters,
    "outcomes": outcomes,
}


def _first_line(thing: type) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def _numbers(parameter: Parameter) -> str:
    """'0.08 (0 to 0.2), P7-P8'."""
    return f"{number(parameter.default)} ({_range(parameter)}), {parameter.source}"


def _range(parameter: Parameter) -> str:
    """'0 to 0.2'; of an interval its level too: '0.1 to 0.3 (95 %)'."""
    level = f" ({100 * parameter.level:g}\u00a0%)" if parameter.level else ""
    return f"{number(parameter.low)} to {number(parameter.high)}{level}"


def _facts(parameter: Parameter, words: Vocabulary) -> dict[str, object]:
    """What a program gets; `level` is that of the interval of an estimate, 0 of other ranges."""
    names = ("default", "low", "high", "level", "unit", "source", "meaning")
    return {
        "basis": words.provenance(parameter),
        **{name: getattr(parameter, name) for name in names},
    }


def _fields(measure: type[Measure]) -> list[str]:
    """The keys of a measure beside those that all have; in brackets where it can do without."""
    own = {k: f for k, f in measure.model_fields.items() if k not in Measure.model_fields}
    return [key if field.is_required() else f"[{key}]" for key, field in own.items()]
