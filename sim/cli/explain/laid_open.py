"""What the study lays open, as the pages about reasons take it."""

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.report.explain.records import LaidOpen, MeanLaidOpen, Weighed
from realpolitik.sim.study.explain.choice import Choice
from realpolitik.sim.study.explain.many import MeanChoice


def laid_open(choice: Choice) -> LaidOpen:
    """One choice, with what there is to explain on each track."""
    pairs = {track: choice.weighed(track) for track in choice.margins["track"]}
    return LaidOpen(
        world=choice.world,
        week=choice.week,
        date=choice.date,
        actor=choice.actor,
        rule=choice.rule,
        precision=choice.precision,
        options=choice.options,
        contributions=choice.contributions,
        margins=choice.margins,
        sought=choice.sought,
        weighed={
            track: Weighed(one, other, choice.waterfall(one, one if other < 0 else other))
            for track, (one, other) in pairs.items()
        },
    )


def mean_laid_open(mean: MeanChoice) -> MeanLaidOpen:
    """The means of an ensemble, with the track of the action."""
    return MeanLaidOpen(
        worlds=mean.worlds,
        actor=mean.actor,
        action=mean.action,
        track=NAMED[mean.action].track,
        precision=mean.precision,
        contributions=mean.contributions,
        openness=mean.openness,
    )
