"""What follows from a study, from its folder alone: sensitivity, tipping points and boxes."""
