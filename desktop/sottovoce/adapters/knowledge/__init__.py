"""The folder of the user's own files: watched, and read in a process of its own."""
