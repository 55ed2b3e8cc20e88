"""Builds the graph of the English command model that ships: its words, how they sound, and what follows what."""
