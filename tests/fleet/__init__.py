"""Homes that an administrator prepares."""
