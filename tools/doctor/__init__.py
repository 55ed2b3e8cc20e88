"""The page about what `sottovoce doctor --json` tells."""
