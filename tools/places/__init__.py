"""Makes the table of the cities that the time zone database names."""
