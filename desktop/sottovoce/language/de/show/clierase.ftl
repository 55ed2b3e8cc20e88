# `sottovoce erase`.

# en: 31d1b30e
clierase-done = Gelöscht: { $messages ->
    [one] { $messages } Nachricht
   *[other] { $messages } Nachrichten
}, { $memories ->
    [one] { $memories } Erinnerung
   *[other] { $memories } Erinnerungen
}, { $records ->
    [one] { $records } anderer Eintrag
   *[other] { $records } andere Einträge
}.
# en: 8af9b3d0
clierase-backups = Ohne das neu geschriebene Sicherungen: { $rewritten }; entfernt, weil das nicht ging: { $removed }.
# en: 5722b8c6
clierase-backup-removed-whole = { $name } ließ sich nicht mehr öffnen und wurde deshalb ganz entfernt.
# en: c3927191
clierase-of-others = Von einer anderen Datenbank und deshalb geblieben, wie sie sind: { $names }; lösche sie selbst, wenn es darin stehen könnte.
# en: 2d12bb47
clierase-copies = Ein Abgleichprogramm hat Kopien der Datenbank danebengelegt, in denen es stehen kann: { $names }. `sottovoce merge` übernimmt, was sonst darin ist, und entfernt sie dann.
# en: 9ac4f2ec
clierase-replaced-too = Es ist auch aus dem weg, was beim Wiederherstellen beiseitegelegt wurde.
# en: 6a340a4e
clierase-replaced-not-opened = Kein Schlüssel hier öffnet { $names }, beim Wiederherstellen beiseitegelegt: Es kann darin stehen und bleibt, bis die Tage dafür um sind; `sottovoce erase --replaced` entfernt es jetzt.
# en: 131a40f6
clierase-elsewhere = Sicherungen und Exporte, die du anderswo aufbewahrst, bleiben unberührt.
# en: 624cec17
clierase-nothing = Davon war nichts zu löschen.
    .remedy = Sieh in `sottovoce history list` nach.
# en: 377a2d23
clierase-nothing-kept = Hier ist nichts aufbewahrt.
    .remedy = Sieh in `sottovoce history list` nach.
# en: ac19269b
clierase-replaced-done = { $folders ->
    [one] { $folders } Ordner, der beim Wiederherstellen beiseitegelegt worden war, wurde entfernt.
   *[other] { $folders } Ordner, die beim Wiederherstellen beiseitegelegt worden waren, wurden entfernt.
}
# en: d81ddbd7
clierase-everything = Alles wurde gelöscht ({ $files ->
    [one] { $files } Datei
   *[other] { $files } Dateien
}); Einstellungen, Spracherkennungsmodelle und deine Dokumente bleiben.
# en: 8de57df1
clierase-everything-and-replaced = Alles wurde gelöscht ({ $files ->
    [one] { $files } Datei
   *[other] { $files } Dateien
}, dazu beim Wiederherstellen beiseitegelegte Ordner: { $folders }); Einstellungen, Spracherkennungsmodelle und deine Dokumente bleiben.
# en: 2cd3485f
clierase-keyring-silent = Der Schlüsselbund hat nicht geantwortet und enthält vielleicht noch den Schlüssel, der nur noch Kopien dieser Dateien öffnet: Entferne seinen Eintrag `sottovoce` selbst.
# en: 4ec93bb8
clierase-keyring-left = Der Schlüsselbund behält, womit ein anderer Datenordner sich öffnet oder öffnen könnte, aus dem dieser kopiert oder aktualisiert wurde: { $names }; gibt es keinen mehr, entferne es dort selbst.
# en: 3615a528
clierase-still-running = Sottovoce läuft, und alles löschen lässt sich nur, solange es nicht läuft.
# en: 5e24c5e0
clierase-ask-everything = Alles Aufbewahrte löschen, mit Schlüssel, Sicherungen, beim Wiederherstellen Beiseitegelegtem und Protokollen? Das lässt sich nicht rückgängig machen. Tippe ja:
# en: 3b9d5809
clierase-ask-replaced = Löschen, was beim Wiederherstellen beiseitegelegt wurde? Das lässt sich nicht rückgängig machen. Tippe ja:
# en: 6a352ec6
clierase-ask-conversation = Dieses Gespräch löschen, hier und in den Sicherungen auf diesem Rechner? Das lässt sich nicht rückgängig machen. Tippe ja:
# en: e73f300f
clierase-ask-user = Alles von diesem Benutzer löschen, hier und in den Sicherungen auf diesem Rechner? Das lässt sich nicht rückgängig machen. Tippe ja:
# en: 0b4f58f2
clierase-how-long = Zu lesen ist es ab sofort nicht mehr; { $megabytes } MB Dateien werden neu geschrieben, das dauert etwa { $seconds } s.
