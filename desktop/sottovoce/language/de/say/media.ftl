# Musik und Filme, die andere Programme abspielen.

# en: 046dd969
media-offer = Was läuft gerade?
# en: 3e8d427e
media-plays = { $manner ->
    [brief] Läuft.
   *[normal] { $player } spielt.
}
# en: b426c296
media-plays-what = { $manner ->
    [brief] { $what }.
   *[normal] Es läuft { $what }.
    [detailed] { $player } spielt { $what }.
}
# en: 438f1c2e
media-what = { $title } von { $artist }
# en: 7e39eeb4
media-what-alone = { $title }
# en: a6c4f0e6
media-is-paused = { $player } hat bei { $what } angehalten.
# en: 9eeacfa5
media-paused = Angehalten.
# en: 6407e196
media-next = Das Nächste.
# en: c501b7ef
media-previous = Das davor.
# en: 78453b98
media-again = Von vorn.
# en: 9b7e8860
media-forward = { LENGTH($seconds) } weiter.
# en: c56ae91c
media-back = { LENGTH($seconds) } zurück.
# en: ffc13c04
media-shuffled = Ab jetzt in beliebiger Reihenfolge.
# en: 195907b8
media-in-order = Ab jetzt der Reihe nach.
# en: 2a7b145e
media-nothing-plays = Es läuft nichts.
# en: c29b02ba
media-none = Ich erreiche keinen offenen Player. Öffne erst einen, dann kann ich abspielen, anhalten und weiterspringen.
# en: 006f7720
media-by-name = Musik suchen kann ich nicht. { $player } kann mit dem weitermachen, was da ist: Sag „Wiedergabe“.
# en: 6753b7a5
media-by-name-none = Musik suchen kann ich nicht. Öffne einen Player und wähle sie dort; dann kann ich anhalten, fortsetzen und weiterschalten.
