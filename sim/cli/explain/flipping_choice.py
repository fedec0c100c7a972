"""What one choice of one world hangs on."""

import pandas as pd

from realpolitik.sim.cli.explain.laid_open import laid_open
from realpolitik.sim.cli.subject import Subject, again, wrong_input
from realpolitik.sim.report.explain.flips import Hanging, choice_flip
from realpolitik.sim.report.explain.records import Asked, main_track
from realpolitik.sim.study.explain.flips import flip_choice
from realpolitik.sim.study.explain.one import explain_choice


def hanging_choice(
    subject: Subject, actor: str, world: int, week: int | None, track: str
) -> Hanging:
    """What one choice hangs on.

    Args:
        subject: The scenario or run.
        actor: Code of the actor.
        world: Number of the world.
        week: The week; None for that of its gravest deed.
        track: The track; empty for that of its rarest deed.

    Raises:
        InputError: there is no such week or world.
    """
    subject.need_week(week)
    subject.need_world(world)
    address = (subject.scenario, subject.seed, world, actor)
    try:
        choice = laid_open(explain_choice(*address, week))
        track = main_track(choice, track)
        table = flip_choice(*address, choice.week, track)
    except ValueError as error:
        raise wrong_input(error) from None
    row = choice.margin(track)
    options = {"actor": actor, "world": world, "week": choice.week, "track": track}
    asked = subject.asked(again("flips", subject, **options))
    deed = asked.deed(actor, row["action"], row["target"], track)
    return Hanging(
        asked=asked,
        table=table.assign(level_with=_rivals(table, asked, track)),
        flip=choice_flip(deed, choice.week, world, bool(row["likeliest"])),
        here=_margin_said(row),
        facts=(
            ("Choice", f"{deed} ({track})"),
            ("World", f"{world}, seed {subject.seed}"),
            ("Week", f"{choice.week}, from {choice.date}: {choice.rule}"),
        ),
    )


def _rivals(table: pd.DataFrame, asked: Asked, track: str) -> list[str]:
    """What draws level where a row flips; empty where none does."""
    columns = (table["instead"], table["instead_target"], table["flips_at"].notna())
    return [
        f"“{asked.phrase(action, target, track)}”" if flips else ""
        for action, target, flips in zip(*columns, strict=True)
    ]


def _margin_said(row: "pd.Series[float]") -> str:
    """How what was taken stood to the best of all others."""
    if row["runner_up"] < 0:
        return "no other option was open"
    ahead = "led the next" if row["likeliest"] else "trailed the likeliest"
    return f"what was done {ahead} by {abs(row['margin_log_odds']):.2f} log odds"
