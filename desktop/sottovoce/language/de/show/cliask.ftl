# `sottovoce ask` und `sottovoce listen`.

# en: 75c63273
cliask-nothing = Es gibt nichts zu beantworten.
    .remedy = Gib die Frage als Text an.
# en: 580082be
cliask-nothing-said = Es wurde nichts gesagt.
