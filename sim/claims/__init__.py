"""The claims that the model is built on, each put to a test that it can fail."""
