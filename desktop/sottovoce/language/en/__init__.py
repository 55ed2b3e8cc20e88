"""English: the language that every other one is translated from."""
