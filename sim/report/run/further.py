"""What a report may hold beside what its run says: reasons, what hangs on what, and claims."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from realpolitik.sim.documents.document import Section


@dataclass(frozen=True)
class Further:
    """Parts that take more than the tables of the run.

    Attributes:
        sections: Reasons, flips and claims, in the order of the page.
    """

    sections: Sequence[Section] = field(default=())
