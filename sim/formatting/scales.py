"""What is varied and what is measured: how a setting, a value, a range and a change are said."""

import math
from dataclasses import dataclass

from realpolitik.sim.formatting.numbers import NONE, number, percent

INTERVAL = "95\u00a0% interval"
"""Heading of a column of intervals."""

EDGE = 0.02
"""Part of a range that is taken for its end."""


@dataclass(frozen=True)
class ScaleForm:
    """How the values of a scale are written.

    Attributes:
        unit: Of an axis.
        step: What a change is counted in; empty where it has no name.
        digits: Decimals of a value.
        before: What stands before a value.
        after: What stands behind it.
    """

    unit: str
    step: str = ""
    digits: int = 2
    before: str = ""
    after: str = ""


FORMS = {
    "share": ScaleForm("share of worlds", "percentage points"),
    "weeks": ScaleForm("weeks", "weeks", digits=1, after=" weeks"),
    "grade": ScaleForm("grade, 0–6", "grades", digits=1, before="grade "),
    "rung": ScaleForm("rung, 0–10", "rungs", digits=1, before="rung "),
    "number": ScaleForm("number", digits=1),
    "alignment": ScaleForm("−1 against, 1 with"),
}


def form_of(scale: str) -> ScaleForm:
    """How the values of a scale are written; of an unknown one, with its name as unit."""
    return FORMS.get(scale) or ScaleForm(scale)


def format_value(value: float, scale: str) -> str:
    """A value in the manner of its scale."""
    return percent(value) if scale == "share" else number(value, form_of(scale).digits)


def span(low: float, high: float, scale: str) -> str:
    """A range in the manner of its scale."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return NONE
    return f"{format_value(low, scale)} to {format_value(high, scale)}"


def setting(value: float) -> str:
    """A value of a parameter to three figures, with a real minus sign."""
    return NONE if not math.isfinite(value) else f"{value:.3g}".replace("-", "−")


def setting_span(low: float, high: float) -> str:
    """Such as "0.38 to 0.47"; a single end that is not known is called beyond the range."""
    if math.isnan(low) and math.isnan(high):
        return "interval unknown"
    ends = [setting(end) if math.isfinite(end) else "beyond the range" for end in (low, high)]
    return " to ".join(ends)


@dataclass(frozen=True)
class Varied:
    """An address that is varied, from `low` to `high`; `default` is the scenario's own value."""

    address: str
    low: float
    high: float
    default: float = math.nan
    unit: str = ""

    @property
    def axis(self) -> str:
        """Title of its axis."""
        return f"{self.address} [{self.unit}]" if self.unit.strip(" –-1") else self.address

    @property
    def holds_default(self) -> bool:
        """Whether the scenario's own value lies in the range."""
        return self.low <= self.default <= self.high

    def near(self, value: float) -> str:
        """A value to a hundredth of the range or so: no more figures than a reader needs."""
        width = self.high - self.low
        digits = max(0, 2 - math.ceil(math.log10(width))) if width > 0 else 2
        return setting(round(value, digits) + 0.0)

    def span(self, low: float, high: float) -> str:
        """An interval such as "0.38 to 0.47"; where it reaches an end it may go on beyond it."""
        if math.isnan(low) and math.isnan(high):
            return "interval unknown"
        start = self.near(low) if low > self.low else "start of the range"
        return f"{start} to {self.near(high) if high < self.high else 'end of the range'}"

    def within(self, low: float, high: float) -> str:
        """A part of the range, such as "at most 0.3", "at least 0.3", "0.1 to 0.3"."""
        start, end = self.place(low) < EDGE, self.place(high) > 1 - EDGE
        if start and end:
            return "anywhere"
        if start or end:
            return f"at most {self.near(high)}" if start else f"at least {self.near(low)}"
        return f"{self.near(low)} to {self.near(high)}"

    def place(self, value: float) -> float:
        """Where a value lies in the range: 0 at the low end, 1 at the high end."""
        width = self.high - self.low
        return (value - self.low) / width if width > 0 else 0.5


@dataclass(frozen=True)
class MeasuredOutcome:
    """An outcome: what it is called, and the scale on which it is measured."""

    label: str
    scale: str

    @property
    def factor(self) -> float:
        """From the numbers of a table to those of an axis: shares are drawn in percent."""
        return 100.0 if self.scale == "share" else 1.0

    @property
    def axis(self) -> str:
        """Title of an axis of values."""
        unit = form_of(self.scale).unit
        return f"{unit} [%]" if self.scale == "share" else f"mean [{unit}]"

    @property
    def change_axis(self) -> str:
        """Title of an axis of changes."""
        step = form_of(self.scale).step
        return f"change [{step}]" if step else "change"

    def text(self, value: float) -> str:
        """A value, such as "12.3 %", "4.0 weeks" or "rung 6.0"."""
        if not math.isfinite(value):
            return "no value"
        form = form_of(self.scale)
        return f"{form.before}{format_value(value, self.scale)}{form.after}"

    def often(self, value: float) -> str:
        """A value in a sentence, such as "12.3 % of worlds"."""
        of = " of worlds" if self.scale == "share" and math.isfinite(value) else ""
        return f"{self.text(value)}{of}"

    def beyond(self, level: float, above: bool) -> str:
        """Such as "in more than 5 % of worlds", "above 3 weeks", "below rung 6"."""
        if self.scale == "share":
            return f"in {'more' if above else 'fewer'} than {setting(100 * level)} % of worlds"
        return f"{'above' if above else 'below'} {self.level(level)}"

    def level(self, level: float) -> str:
        """A threshold, such as "5 %", "3 weeks" or "rung 6"."""
        if self.scale == "share":
            return f"{setting(100 * level)}\u00a0%"
        form = form_of(self.scale)
        return f"{form.before}{setting(level)}{form.after}"

    def change(self, value: float) -> str:
        """A difference with its sign and unit, such as "−9.0 points"."""
        return self._stepped(self.bare_change(value))

    def change_span(self, low: float, high: float) -> str:
        """The interval of a difference, such as "−10.2 to −7.7"."""
        if not (math.isfinite(low) and math.isfinite(high)):
            return "interval unknown"
        return f"{self.bare_change(low)} to {self.bare_change(high)}"

    def bare_change(self, value: float) -> str:
        """A difference with its sign, in the unit of the axis."""
        digits = 1 if self.scale == "share" else form_of(self.scale).digits + 1
        text = number(self.factor * value, digits)
        return f"+{text}" if value > 0 and float(text.replace(",", "")) else text

    def size(self, value: float) -> str:
        """The size of a difference, such as "9.0 points"."""
        return self._stepped(self.bare_change(abs(value)).lstrip("+"))

    def _stepped(self, text: str) -> str:
        step = form_of(self.scale).step
        return f"{text} {step}" if step and text != NONE else text


def capped(label: str, scale: str, horizon: int) -> str:
    """What an outcome is called beside its mean: of weeks with what one that never came counts."""
    return f"{label} (never = week {horizon})" if scale == "weeks" else label


def describe_came(came: float) -> str:
    """The share of worlds in which it came, such as "came in 84.0 %"; empty where there is none."""
    return f"came in {percent(came)}" if math.isfinite(came) else ""


def with_came(mean: str, came: float) -> str:
    """Such as "7.6, came in 82.1 %"; a mean alone where nothing can come."""
    return ", ".join(filter(None, (mean, describe_came(came))))


def how_many(counts: list[float], what: str) -> str:
    """Such as "1,000 worlds a value" or "800 to 1,000 worlds a value"."""
    known = [round(count) for count in counts if math.isfinite(count)]
    if not known:
        return f"an unknown number of {what}"
    least, most = min(known), max(known)
    return f"{most:,} {what}" if least == most else f"{least:,} to {most:,} {what}"
