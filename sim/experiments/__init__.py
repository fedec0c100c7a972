"""Studies: one scenario at many points of its parameters, each point in the same worlds."""
