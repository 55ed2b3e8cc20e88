# What can be said to the assistant.

# en: cce2b3d1
guide-examples = Du kannst zum Beispiel sagen: { LIST($offers, join: " ") }
