"""Intervals, the jack-knife and spreads: arithmetic that every verb shares."""
