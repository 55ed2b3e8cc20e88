"""Frozen values and rules: no waiting, no files, no Qt."""
