"""Pages without charts, but where a test asks for them."""

import pytest


@pytest.fixture(autouse=True)
def undrawn(request: pytest.FixtureRequest) -> None:
    """Leaves charts out of the pages of verbs, unless a test is marked `drawn`.

    They are drawn in `tests/documents` and `tests/charts`, and by the how-to tests from real runs.
    """
    if request.node.get_closest_marker("drawn") is None:
        request.getfixturevalue("no_charts")
