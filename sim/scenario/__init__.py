"""A YAML file read into a frozen scenario, with every name checked."""
