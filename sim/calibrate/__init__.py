"""Which numbers agree with the record: patterns, implausibility, history matching."""
