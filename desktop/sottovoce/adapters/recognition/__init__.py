"""Free speech beside commands: an open recogniser, what is speech at all, and which of two texts counts."""
