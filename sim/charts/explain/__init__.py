"""Charts of reasons, and of what a conclusion hangs on."""
