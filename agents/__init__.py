"""The states and armed groups: one module each, saying who wants what, and why."""
