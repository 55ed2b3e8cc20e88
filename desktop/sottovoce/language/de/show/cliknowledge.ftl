# `sottovoce knowledge`.

# en: 09325ce1
cliknowledge-document = { $path }  { $passages ->
    [one] { $passages } Abschnitt
   *[other] { $passages } Abschnitte
}
# en: a1abdbe6
cliknowledge-in-part = { $path }  { $passages ->
    [one] { $passages } Abschnitt
   *[other] { $passages } Abschnitte
}; Seiten fehlen ({ $trouble })
# en: 22dee0cd
cliknowledge-not-read = { $path }  nicht lesbar ({ $trouble })
# en: 20d1ee40
cliknowledge-reading = { $total ->
    [one] Liest: { $done } von { $total } Datei.
   *[other] Liest: { $done } von { $total } Dateien.
}
# en: 8beb89a0
cliknowledge-where = Dateien in { $folder } werden gelesen, während die Anwendung läuft, vor einer Frage und von `sottovoce knowledge sync`.
# en: d7cf35a0
cliknowledge-forgotten = { $files ->
    [one] { $files } Datei, die nicht mehr da ist, wurde vergessen.
   *[other] { $files } Dateien, die nicht mehr da sind, wurden vergessen.
}
