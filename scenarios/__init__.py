"""The crises, as data: YAML files and the text beside them."""
