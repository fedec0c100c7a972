"""What a report may hold beside what its run says: reasons, what hangs on what, and claims."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from realpolitik.sim.documents.document import Section
from realpolitik.sim.report.claims.page import ClaimsSection


@dataclass(frozen=True)
class Further:
    """Parts that take more than the tables of the run.

    Attributes:
        sections: Reasons and flips, in the order of the page.
        claims: The claims put to the test; None where they are about another scenario.
    """

    sections: Sequence[Section] = field(default=())
    claims: ClaimsSection | None = None
