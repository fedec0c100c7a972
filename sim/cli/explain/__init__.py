"""Verbs about reasons: `explain`, `flips`, `ablate`."""
