"""Packages for Windows: an MSI for fleets, a setup for people."""
