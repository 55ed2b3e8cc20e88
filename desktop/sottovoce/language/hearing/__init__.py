"""What the languages share of hearing what words stand for: the calendar, and how moments are put together."""
