"""Plans of studies: what is varied and how far, read from files or from the command line."""
