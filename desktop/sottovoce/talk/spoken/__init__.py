"""What is written as it is said: numbers, dates, units, addresses, Markdown and signs, as a person reads them."""
