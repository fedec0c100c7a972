"""How numbers, scales, actors and deeds are said: the same on terminals, charts and pages."""
