"""One press to one spoken answer."""
