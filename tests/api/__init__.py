"""The local API, with real parts: a real home, a real server on loopback, real clients."""
