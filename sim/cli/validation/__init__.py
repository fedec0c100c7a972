"""What `docs/validation.md` says, written from the records of calibration and hindcast."""
