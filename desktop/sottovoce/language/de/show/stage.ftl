# Was der Assistent gerade tut.

# en: 352b80d9
stage-ready = Bereit
# en: 8316c3c3
stage-listening = Hört zu …
# en: ebea75e3
stage-thinking = Denkt nach …
# en: 15adbd0c
stage-speaking = Spricht
# en: 5dfa13de
stage-trouble = Störung
