# `sottovoce memory`.

# en: f738b9dc
climemory-words = So wird `memory { $what }` nicht aufgerufen.
    .remedy = Ruf `sottovoce memory --help` auf.
# en: 1f79e9a2
climemory-kind-elsewhere = `--kind` und `--reach` gehören zu `memory add`.
# en: 03a6e9f0
climemory-none = Noch ist nichts gemerkt.
# en: 9bc7d17c
climemory-already = Das ist schon gemerkt:
# en: 20fa9f3b
climemory-replaces = Es tritt an die Stelle von: { $text }
# en: 1843850a
climemory-forgotten = { $backups ->
    [0]
        Es ist vergessen, mit allem, was daraus gemacht wurde.
        Was gesagt wurde, steht im Verlauf, bis sein Gespräch gelöscht wird (`sottovoce erase --conversation ID`).
    [one]
        Es ist vergessen, mit allem, was daraus gemacht wurde; { $backups } Sicherung wurde ohne es neu geschrieben.
        Was gesagt wurde, steht im Verlauf, bis sein Gespräch gelöscht wird (`sottovoce erase --conversation ID`).
   *[other]
        Es ist vergessen, mit allem, was daraus gemacht wurde; { $backups } Sicherungen wurden ohne es neu geschrieben.
        Was gesagt wurde, steht im Verlauf, bis sein Gespräch gelöscht wird (`sottovoce erase --conversation ID`).
}
# en: 86e24e51
climemory-holds-no-longer = (gilt nicht mehr)
# en: a8776377
climemory-none-used = Dafür wurde keine Erinnerung verwendet.
# en: 4820241a
climemory-nothing-to-remember = Es gibt nichts zu merken.
    .remedy = Gib es als Text an, zum Beispiel: ich mag python.
# en: e984d214
climemory-no-message = Es gibt keine Nachricht mit dieser ID.
    .remedy = Sieh in `sottovoce history show ID --json` nach.
# en: f37715ef
climemory-no-message-of-user = Dieser Benutzer hat keine Nachricht mit dieser ID.
    .remedy = Nenne ihren Benutzer mit `--user`.
