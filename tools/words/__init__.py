"""The catalogues of words: compiled from Fluent, and checked against the code that uses them."""
