"""Everything that must hold in a scenario file beyond types: all faults at once.

Each check is a small generator over the file as it is written, so that one fault hides no other.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator

from realpolitik.sim.scenario.characters import oddity
from realpolitik.sim.scenario.dates import dates_are_days, shocks_in_time
from realpolitik.sim.scenario.episodes import episode_fits
from realpolitik.sim.scenario.errors import Fault, Place, nearest, one_of, quoted, unknown
from realpolitik.sim.scenario.mentions import Mention, items_in, mentions
from realpolitik.sim.scenario.nodes import Node, child, entries_of, items_of, text_of
from realpolitik.sim.scenario.ranges import ranges_fit
from realpolitik.sim.scenario.values import (
    base_rates_fit,
    parameters_in_range,
    set_values_in_range,
    start_in_range,
)
from realpolitik.sim.scenario.vocabulary import Vocabulary, places

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
TAKEN = frozenset({"world", "point", "week", "rung"})  # columns and measures that the tables have

Check = Callable[[Node, Vocabulary], Iterator[Fault]]


def check(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """All faults of the names, ranges, places and dates of a file."""
    for one in CHECKS:
        yield from one(tree, words)


def known_names(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Names that nothing bears."""
    deals = [text_of(child(deal, "id")) or "" for deal in items_of(child(tree, "deals"))]
    known: dict[str, Collection[str]] = {
        "actor": words.actors,
        "action": words.actions,
        "quantity": words.quantities,
        "deal": deals,
        "base rate": words.base_rates,
        "parameter": words.parameters,
        "outcome": list(entries_of(child(tree, "outcomes"))),
    }
    for mention in _all_mentions(tree, words):
        names = known.get(mention.kind)
        if names is not None and mention.name not in names:
            yield unknown(mention.place, mention.kind, mention.name, names)


def actors_take_part(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Actors that are known, but left out of the scenario."""
    present = [_meant(node, words) for node in items_of(child(tree, "actors"))]
    taking_part = one_of(present)
    if "" in present or not present:
        return  # who takes part is not known, which is told of elsewhere
    named = [(m.name, m.place) for m in _all_mentions(tree, words) if m.kind == "actor"]
    for quantity in entries_of(child(tree, "initial")).values():
        for key, entry in entries_of(quantity.node).items():
            named += [(code, entry.key_place) for code in places(key)[0]]
    for name, place in named:
        if name in words.actors and name not in present:
            yield Fault(place, f"{name} is not among the scenario's actors", taking_part)


def _meant(node: Node, words: Vocabulary) -> str:
    """The actor that an entry names, or is nearest to; empty if it is like none."""
    name = text_of(node) or ""
    return name if name in words.actors else nearest(name, words.actors)


def _all_mentions(tree: Node, words: Vocabulary) -> Iterator[Mention]:
    yield from mentions(tree, words.scenario_type)
    for item in items_in(tree, words):
        yield from mentions(item.node, item.model)


def nothing_twice(tree: Node, _: Vocabulary) -> Iterator[Fault]:
    """Actors that are listed twice, and shocks or deals of one id."""
    lists = {
        "actor": items_of(child(tree, "actors")),
        "shock": [child(node, "id") for node in items_of(child(tree, "shocks"))],
        "deal": [child(node, "id") for node in items_of(child(tree, "deals"))],
    }
    for called, nodes in lists.items():
        seen: dict[str, Place] = {}
        for node in nodes:
            name = text_of(node)
            if node is None or name is None:
                continue
            if name in seen:
                first = seen[name].line
                yield Fault(node.place, f"a second {called} {quoted(name)} (first in line {first})")
            seen.setdefault(name, node.place)


def names_are_plain(tree: Node, _: Vocabulary) -> Iterator[Fault]:
    """Names that the file gives, and that tables and random streams are to bear."""
    outcomes = entries_of(child(tree, "outcomes"))
    given = [(name, entry.key_place) for name, entry in outcomes.items()]
    for part in ("shocks", "deals"):
        ids = [child(node, "id") for node in items_of(child(tree, part))]
        given += [(text, node.place) for node in ids if node and (text := text_of(node))]
    for name, place in given:
        if not NAME.fullmatch(name):
            yield Fault(
                place, f"the name {quoted(name)}{oddity(name)}", "letters, digits, '_' and '-' only"
            )
    for name, entry in outcomes.items():
        if name in TAKEN:
            yield Fault(entry.key_place, f"the name {name!r} is taken", "another name")


def actors_differ(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """One actor in two places of a shock, a deal or an outcome."""
    for item in items_in(tree, words):
        actors = [m for m in mentions(item.node, item.model) if m.kind == "actor"]
        often = [name for name, times in Counter(m.name for m in actors).items() if times > 1]
        for name in often:
            first, second = [mention for mention in actors if mention.name == name][:2]
            problem = f"{name} is both {first.key!r} and {second.key!r}"
            yield Fault(second.place, problem, "two different actors")


def no_name_inside(tree: Node, _: Vocabulary) -> Iterator[Fault]:
    """A `name`, which is the file's."""
    entry = entries_of(tree).get("name")
    if entry:
        yield Fault(entry.key_place, "unknown key 'name'; a scenario is called after its file")


CHECKS: tuple[Check, ...] = (
    known_names,
    actors_take_part,
    actors_differ,
    nothing_twice,
    names_are_plain,
    dates_are_days,
    shocks_in_time,
    parameters_in_range,
    start_in_range,
    set_values_in_range,
    base_rates_fit,
    ranges_fit,
    episode_fits,
    no_name_inside,
)
