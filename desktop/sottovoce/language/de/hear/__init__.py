"""What German words stand for, kind by kind; `language.de.values` is the face."""
