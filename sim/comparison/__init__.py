"""Scenarios side by side: what differs, how surely, and where the histories part."""
