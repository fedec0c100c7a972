"""Made-up files of the same few events in every format that is read."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

DENOUNCED = ("2021-03-02", "RUS", "USA", "111")
THREATENED = ("2021-03-10", "IRN", "ISR", "138")
STRUCK = [("2021-03-16", "HOU", "SAU", "195"), ("2021-03-17", "HOU", "SAU", "195")]
EVENTS = [DENOUNCED, THREATENED, *STRUCK]
"""Day, source, target, CAMEO code."""

ACTS = {
    ("2021-03-01", "RUS", "USA", "denounce"),
    ("2021-03-08", "IRN", "ISR", "threaten"),
    ("2021-03-15", "HOU", "SAU", "limited_strike"),
}
"""What they are: Monday, of, toward, action."""

NAMES = {
    "RUS": "Russia",
    "USA": "United States",
    "IRN": "Iran",
    "ISR": "Israel",
    "HOU": "Ansar Allah",
    "SAU": "Saudi Arabia",
}
CAMEO_ACTORS = {"HOU": "YEMREB"}
PLOVER_CODES = {"111": ("ACCUSE", "disapprove"), "138": ("THREATEN", "violence")}
PLOVER_CODES |= {"195": ("ASSAULT", "aerial")}

GDELT_ACTORS = {code: CAMEO_ACTORS.get(code, f"{code}GOV") for code in NAMES}


def gdelt(width: int) -> str:
    """A table of GDELT: no headings, tabs."""
    lines = []
    for number, (day, source, target, code) in enumerate(EVENTS):
        cells = [""] * width
        cells[0], cells[1], cells[26] = str(number), day.replace("-", ""), code
        cells[5], cells[6] = GDELT_ACTORS[source], NAMES[source].upper()
        cells[15], cells[16] = GDELT_ACTORS[target], NAMES[target].upper()
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def icews() -> str:
    """A table of ICEWS: people with country and sectors, codes without their first zero."""
    head = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\t"
    head += "CAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\n"
    office = "A minister\tExecutive,Government"
    rows = [
        f"{n}\t{day}\t{office}\t{NAMES[source]}\tsaid\t{code}\t-2.0\t{NAMES[target]}\t\t"
        for n, (day, source, target, code) in enumerate(EVENTS[:2])
    ]
    rows += [
        f"9\t{day}\tAnsar Allah\tRebel\tYemen\tsaid\t{code}\t-9\tMilitary (Saudi Arabia)\t\t"
        for day, _, _, code in STRUCK
    ]
    return head + "\n".join(rows) + "\n"


def polecat() -> str:
    """A table of POLECAT."""
    head = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tContexts\tActor Name\tActor Country\t"
    head += "Actor Sectors\tRecipient Name\tRecipient Country\tRecipient Sectors\n"
    rows = []
    for number, (day, source, target, code) in enumerate(EVENTS):
        event, mode = PLOVER_CODES[code]
        sides = "\t".join(f"{NAMES[side]}\t{side}\tGOV" for side in (source, target))
        rows.append(f"{number}\t{day}\t{event}\t{mode}\tmilitary\t{sides}")
    return head + "\n".join(rows) + "\n"


def plover() -> str:
    """Events of PLOVER, an object of JSON a line."""
    lines = []
    for day, source, target, code in EVENTS:
        event, mode = PLOVER_CODES[code]
        sides = {
            side: [{"actorText": NAMES[actor], "code": actor}]
            for side, actor in (("source", source), ("target", target))
        }
        lines.append(json.dumps({"date": day, "event": event, "mode": mode, **sides}))
    return "\n".join(lines) + "\n"


def acled() -> str:
    """A table of ACLED, which has force alone; its notes go over several lines."""
    head = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,notes\n"
    kind = "Explosions/Remote violence,Air/drone strike"
    foe = "Military Forces of Saudi Arabia (2015-)"
    days = ("16 March 2021", "17 March 2021")
    return head + "".join(f'Y,{day},{kind},Ansar Allah,{foe},"Two,\nlines"\n' for day in days)


def tidy() -> str:
    """Weekly counts, by code of CAMEO."""
    rows = ["2021-03-01,RUS,USA,111,1", "2021-03-08,IRN,ISR,138,1", "2021-03-15,HOU,SAU,195,2"]
    return "week_start,source,target,cameo,n\n" + "\n".join(rows) + "\n"


def tidy_days() -> str:
    """Events by day, by event of PLOVER, with semicolons."""
    rows = [
        f"{day};{NAMES[source]};{NAMES[target]};{'-'.join(PLOVER_CODES[code])}"
        for day, source, target, code in EVENTS
    ]
    return "date;source;target;plover\n" + "\n".join(rows) + "\n"


FILES: Mapping[str, Callable[[], str]] = {
    "20210316.export.CSV": lambda: gdelt(58),
    "20210316120000.export.CSV": lambda: gdelt(61),
    "events.2021.tab": icews,
    "ngecEventsDV-2021.txt": polecat,
    "plover.jsonl": plover,
    "acled.csv": acled,
    "weekly.csv": tidy,
    "daily.csv": tidy_days,
}
"""Name as it is downloaded → what it holds."""


def write_files(folder: Path) -> list[Path]:
    """Writes a file of each format."""
    for name, made in FILES.items():
        (folder / name).write_text(made(), encoding="utf-8")
    return [folder / name for name in FILES]
