"""How often the marks of a figure are made, which grows with their square where one by one."""

from collections import Counter

import plotly.graph_objects as go
import pytest


@pytest.fixture
def marks_made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many shapes and annotations Plotly has made, those made again included."""
    made: Counter[str] = Counter()

    def counted(kind: type[object]) -> None:
        begin = kind.__init__

        def init(self: object, *args: object, **given: object) -> None:
            made[kind.__name__] += 1
            begin(self, *args, **given)

        monkeypatch.setattr(kind, "__init__", init)

    counted(go.layout.Shape)
    counted(go.layout.Annotation)
    return made
