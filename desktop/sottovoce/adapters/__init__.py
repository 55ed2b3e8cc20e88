"""One module per outside thing, each owning its thread or process."""
