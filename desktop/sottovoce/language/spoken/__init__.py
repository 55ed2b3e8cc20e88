"""What is written as it is said: what of that is the same in every language, and the form of its rules."""
