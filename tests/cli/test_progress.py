"""What the bar says of how far a run is."""

from typing import Any

import pytest
from rich.progress import Progress

from realpolitik.sim.cli.progress import progress_bar


@pytest.mark.parametrize(
    ("words", "said"), [({}, "Simulating"), ({"last": "Writing the page"}, "Writing the page")]
)
def test_the_bar_says_what_comes_last_only_where_there_is_something(
    monkeypatch: pytest.MonkeyPatch, words: dict[str, str], said: str
) -> None:
    seen = list[str]()

    def update(bar: Progress, task: int, **told: Any) -> None:
        seen.append(told["description"])

    monkeypatch.setattr(Progress, "update", update)
    with progress_bar(True, **words) as tell:
        tell(1, 2)
        tell(2, 2)
    assert seen == ["Simulating", said]
