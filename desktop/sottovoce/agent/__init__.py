"""How it answers: skills now, a language model later, an honest fallback always."""
