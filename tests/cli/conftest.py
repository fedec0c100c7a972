"""Pages without charts, but where a test asks for them."""

import pytest

from realpolitik.sim.documents import html_page
from realpolitik.sim.documents.document import Chart
from realpolitik.sim.documents.html_page import Part


@pytest.fixture(autouse=True)
def no_charts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts a chart's name in its place: drawing takes most of the time of a verb.

    They are drawn in `tests/documents` and `tests/charts`, by the how-to tests from real runs, and
    here where a test is marked `drawn`.
    """

    def named(block: Chart) -> list[Part]:
        return [Part("text", f"Chart: {block.name}")]

    if request.node.get_closest_marker("drawn") is None:
        monkeypatch.setattr(html_page, "_chart", named)
