"""Killed processes and cut power, through the product's own store: what was acknowledged is there, and whole."""
