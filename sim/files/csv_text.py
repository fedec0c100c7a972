"""Tables as CSV that a spreadsheet shows and does not run.

A cell of text that begins with one of `= + - @`, a tab or a line end is a formula to a spreadsheet,
which may run commands. Such text is written with an apostrophe before it, as is text that begins
with apostrophes and then one of these, so that nothing is lost: `read_rows` takes one away. Numbers
stay as they are. Every line end within a cell is written as a line feed.

OWASP (2023). CSV Injection. https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import io
import re

import pandas as pd

FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

LINE_END = re.compile("\r\n|\r")


def csv_text(frame: pd.DataFrame) -> str:
    """The table as CSV, without its index, its texts guarded."""
    texts = frame.select_dtypes(exclude=["number", "bool", "datetime"])
    safe = frame.assign(**{str(name): frame[name].map(_guarded) for name in texts})
    return safe.rename(columns=_guarded).to_csv(index=False, lineterminator="\n")


def read_rows(text: str) -> list[dict[str, str]]:
    """The rows of such a CSV by their headings, texts as they were before they were guarded."""
    heads, *rows = csv.reader(io.StringIO(text, newline=""))
    names = [_bare(head) for head in heads]
    return [dict(zip(names, map(_bare, row), strict=True)) for row in rows]


def _guarded(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = LINE_END.sub("\n", value)
    return f"'{text}" if FORMULA.match(text) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
