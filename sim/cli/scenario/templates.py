"""The files that `realpolitik new` writes.

A line that begins with `#` and a key, or with `#` and two blanks, is an example; it is right once
the sign is taken away. A line that begins with `# ` is said to the reader.
"""

from string import Template

STARTER = Template("""\
# A scenario: who takes part, what happens to them, and what is asked.
# Lines such as `#weeks: 26` are examples: take the # away, and they count.
# Check it: realpolitik validate $stem.yaml     Run it: realpolitik run $stem.yaml
schema_version: 1
title: $title
question: Does Iran strike Israel, and what does Russia do?

# The first day of week 1, and how many weeks are simulated.
start: 2024-08-05
weeks: 26

# Who takes part (see `realpolitik list actors`).
actors: [RUS, IRN, ISR, USA]

# Parameters with another value, bare or with a range and a source
# (see `realpolitik list parameters`).
#parameters:
#  RUS.israel_ties: 0.05
#  RUS.saudi_ties: {value: 0.05, range: [0, 0.1], source: assumed}

# Quantities at the start, of an actor, toward another (RUS-IRN), or both ways (RUS<>IRN).
#initial:
#  hostility:
#    IRN-ISR: 0.9
#    RUS<>USA: 0.6

# What happens: on a date, in a week, or when an outcome comes about.
shocks:
  - id: killing
    kind: assassination
    week: 1
    by: ISR
    against: IRN
    note: In a sentence, what happens.
#  - id: ships_are_sent
#    kind: posture
#    when: {outcome: strike_on_israel, delay_weeks: 2}
#    probability: 0.5
#    by: USA
#    protecting: ISR

# What two could agree on at the cost of a third.
#deals:
#  - {id: usa_russia, actor: RUS, rival: USA, toward: IRN, openness: 0.5}

# What is read off each simulated history (see `realpolitik list outcomes`).
outcomes:
  strike_on_israel:
    measure: direct_strike
    by: IRN
    target: ISR
    label: Iran strikes Israel
  highest_rung:
    measure: highest_rung
    label: Highest rung reached

# What somebody could choose otherwise, for sweeps.
#levers:
#  - {parameter: RUS.israel_ties, label: How much Russia cares for Israel, range: [0, 0.1]}

# Named changes on top, to compare within this file: realpolitik run $stem.yaml#no_killing
#variants:
#  no_killing:
#    shocks:
#      - {id: killing, drop: true}

#sources:
#  - Where the facts are from
""")

EXTENDING = Template("""\
# Changes to another scenario. What stands here goes on top of it, and the rest is as it is there.
# Lines such as `#weeks: $weeks` are examples: take the # away, and they count.
# What differs: realpolitik show --diff $base_name $stem.yaml
schema_version: 1
extends: $base
title: $title

#question: What would be different?
#weeks: $weeks

# Parameters with another value, bare or with a range and a source. A key with nothing behind it
# takes away what the other scenario says.
#parameters:
#  $parameter: {value: $value, range: [$low, $high], source: assumed}

# Shocks and deals merge by id. `- {id: x, drop: true}` takes one away.
#shocks:
$shocks
# Outcomes merge by name.
#outcomes:
#  highest_rung_reached: {measure: highest_rung, label: Highest rung reached}

# Named changes on top, to compare within this file: realpolitik run $stem.yaml#another_value
variants:
  another_value:
    parameters: {$parameter: $low}
""")
