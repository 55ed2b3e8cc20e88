"""Makes what `resources/embeddings` holds; see README.md. Never part of the program."""
