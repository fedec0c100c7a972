"""Error bars of Plotly's about a mark."""

from typing import Any


def bar(above: Any, below: Any, colour: str, thickness: float, cap: int = 0) -> dict[str, Any]:
    """An error bar of Plotly's: its reaches above and below the marks, both at least 0."""
    return {
        "type": "data",
        "symmetric": False,
        "array": above,
        "arrayminus": below,
        "color": colour,
        "thickness": thickness,
        "width": cap,
    }
