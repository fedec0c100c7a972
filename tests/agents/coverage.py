"""Whether every declared incentive comes from a claim, or says that it does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from realpolitik.sim.claims.claim import Claims
from realpolitik.sim.scenario.vocabulary import vocabulary


@dataclass(frozen=True)
class Coverage:
    """The weights of the actors, each under its address; those of parts, not their sums.

    Attributes:
        named: Those that some claim is encoded in.
        assumed: Those that are listed as assumed, not in the article.
        missing: Those that are neither.
        both: Those that are both.
    """

    named: tuple[str, ...]
    assumed: tuple[str, ...]
    missing: tuple[str, ...]
    both: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether each is named or assumed, and none is both."""
        return not (self.missing or self.both)


def coverage(claims: Claims, actors: Iterable[str] | None = None) -> Coverage:
    """How the incentives of the actors are accounted for.

    A claim that is encoded in a sum of parts accounts for all its parts.

    Args:
        claims: The file of claims.
        actors: Codes; None for the actors that lie beside the file, not those of other packages.
    """
    classes = vocabulary().actors
    codes = _own() if actors is None else list(actors)
    declared = [parameter for code in codes for parameter in classes[code].parameters()]
    parts = {parameter.address: parameter.parts for parameter in declared if parameter.parts}
    addresses = [parameter.address for parameter in declared if not parameter.parts]
    encoded = {name for claim in claims.claims for name in claim.encoded}
    encoded |= {part for whole in encoded & parts.keys() for part in parts[whole]}
    named = [address for address in addresses if address in encoded]
    assumed = [one for one in addresses if any(fnmatchcase(one, glob) for glob in claims.assumed)]
    return Coverage(
        named=tuple(named),
        assumed=tuple(assumed),
        missing=tuple(one for one in addresses if one not in {*named, *assumed}),
        both=tuple(one for one in named if one in assumed),
    )


def _own() -> list[str]:
    """The actors of this project."""
    package = "realpolitik.agents."
    return [code for code, cls in vocabulary().actors.items() if cls.__module__.startswith(package)]
