# `sottovoce prepare`.

# en: adee78d2
cliprepare-ready = { $home } ist bereit.
# en: cbc2cf23
cliprepare-code-kept = Den Wiederherstellungscode bewahrt deine Administration auf.
# en: 7965440d
cliprepare-code-not-kept = Keine Richtlinie bewahrt den Wiederherstellungscode auf: Ruf `sottovoce key recovery-code` auf.
# en: 0704bb6e
cliprepare-models = Installiert: { $models }.
# en: 883edeb7
cliprepare-no-passphrase = Es wurde keine Passphrase angegeben.
    .remedy = Gib sie als erste Zeile der Eingabe an.
