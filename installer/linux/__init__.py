"""Packages for Linux: deb, rpm, AppImage, Flatpak."""
