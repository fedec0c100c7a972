"""A quarrel that takes a moment: four states in a few weeks, in which Iran may strike."""

TEXT = """
title: A short quarrel
question: Does Iran strike within three weeks?
start: 2024-08-05
weeks: 3
actors: [RUS, IRN, ISR, USA]
parameters: {action.limited_strike.base_rate: 0.04}
shocks:
  - {id: killed, kind: assassination, week: 1, by: ISR, against: IRN, pressure: 0.9}
outcomes:
  strike: {measure: direct_strike, by: IRN, target: ISR, label: Iran strikes}
  weeks_to_strike: {measure: weeks_to, by: IRN, target: ISR}
  height: {measure: highest_rung}
  alignment: {measure: public_alignment, by: RUS, toward: IRN}
"""
