"""Verbs about scenario files: `list`, `show`, `validate`, `new`, `schema`."""
