"""The command line: each command is one function from its arguments to what it prints."""
