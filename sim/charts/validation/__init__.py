"""Charts of how far the model may be believed: claims, scores, calibration."""
