"""The folder of speech models: what is in it, what can be had, and how it gets there."""
