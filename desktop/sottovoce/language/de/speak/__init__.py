"""What German says for what is written: numbers, dates, units, addresses and signs, as a person reads them."""
