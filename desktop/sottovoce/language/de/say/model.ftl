# What is said in place of a language model's sentence that is not true.

# en: 22e6805c
model-not-in-files = Das kann ich aus deinen Dateien nicht sagen.
# en: 6d29b97d
model-can-not-act = Das kann ich nicht tun: Ich kann nur antworten.
