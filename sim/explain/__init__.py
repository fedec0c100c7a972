"""Why an actor chose as it did, and what would have changed it."""
