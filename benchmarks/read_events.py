"""How fast events are read: tables of GDELT 2.0 that are made up, plain and gzipped.

    .venv/bin/python benchmarks/read_events.py --megabytes 200

Each size is read by `realpolitik events` in a process of its own, whose peak memory is told.
"""

import argparse
import gzip
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from machine import machine

ACTORS = ("RUSGOV", "USA", "ISRMIL", "IRN", "UKRGOV", "DEU", "SAU", "CHN", "", "COP", "BUS", "JPN")
CODES = ("010", "036", "042", "043", "051", "111", "112", "130", "163", "190", "193", "072", "173")
PLACE = ("4", "Tehran, Tehran, Iran", "IR", "IR26", "19032", "35.75", "51.51", "10074674")
NAMES = 500  # that an actor goes by


def main() -> None:
    """Prints seconds and memory."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=int, default=200)
    megabytes = parser.parse_args().megabytes
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.export.CSV"
        rows = write_table(path, megabytes * 10**6)
        packed = path.with_suffix(".gz")
        with path.open("rb") as plain, gzip.open(packed, "wb", 6) as file:
            shutil.copyfileobj(plain, file)  # a process has at its peak what its parent had
        for one in (path, packed):
            seconds, processor, memory = taken(one)
            print(
                f"{one.suffix}: {rows:,} rows, {megabytes} MB in {seconds:.1f} s "
                f"({processor:.1f} s of processor time), at most {memory:.0f} MB of memory"
            )


def write_table(path: Path, size: int) -> int:
    """Writes a table of about that size [bytes]; how many rows it has."""
    draw, written, rows = random.Random(1), 0, 0
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            written += file.write(row(draw, rows))
            rows += 1
    return rows


def row(draw: random.Random, number: int) -> str:
    """A line of 61 cells, as long as those of GDELT are."""
    day = date(2021, 1, 4) + timedelta(days=draw.randrange(364))
    cells = [""] * 61
    cells[0], cells[1], cells[26] = str(900_000_000 + number), f"{day:%Y%m%d}", draw.choice(CODES)
    for first in (5, 15):
        cells[first] = draw.choice(ACTORS)
        cells[first + 1] = cells[first] and f"SOMEBODY {draw.randrange(NAMES)}"
    for first in (35, 43, 51):
        cells[first : first + 8] = PLACE
    cells[59] = f"{day:%Y%m%d}120000"
    cells[60] = f"https://www.example.com/news/world/an-article-with-a-long-title-{number}.html"
    return "\t".join(cells) + "\n"


def taken(path: Path) -> tuple[float, float, float]:
    """What reading a file takes: seconds, those of the processor, and memory at its peak [MB]."""
    command = Path(sys.executable).with_name("realpolitik")
    start = time.perf_counter()
    process = subprocess.Popen(
        [command, "events", path, "--out", path.with_suffix(".parquet"), "--json"],
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{path} was not read")
    seconds = time.perf_counter() - start
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


if __name__ == "__main__":
    main()
