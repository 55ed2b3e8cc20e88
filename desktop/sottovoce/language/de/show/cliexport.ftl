# `sottovoce export`, `import` und `merge`.

# en: fa18079b
cliexport-done = { $messages ->
    [one] { $messages } Nachricht und alles andere Aufbewahrte steht jetzt UNVERSCHLÜSSELT in { $folder }: Wer diesen Ordner lesen kann, liest alles, was du gesagt hast.
   *[other] { $messages } Nachrichten und alles andere Aufbewahrte stehen jetzt UNVERSCHLÜSSELT in { $folder }: Wer diesen Ordner lesen kann, liest alles, was du gesagt hast.
}
# en: e3ed5fab
cliexport-done-of-user = { $messages ->
    [one] { $messages } Nachricht und alles andere von { $user } Aufbewahrte steht jetzt UNVERSCHLÜSSELT in { $folder }: Wer diesen Ordner lesen kann, liest alles, was du gesagt hast.
   *[other] { $messages } Nachrichten und alles andere von { $user } Aufbewahrte stehen jetzt UNVERSCHLÜSSELT in { $folder }: Wer diesen Ordner lesen kann, liest alles, was du gesagt hast.
}
# en: 3e62c5b4
cliexport-added = Hinzugefügt: { $messages ->
    [one] { $messages } Nachricht
   *[other] { $messages } Nachrichten
}, { $memories ->
    [one] { $memories } Erinnerung
   *[other] { $memories } Erinnerungen
}, anderes: { $records }; schon hier: { $present }.
# en: c275f3c7
cliexport-differing = { $differing } davon lauten dort anders; die von hier bleiben.
# en: 0e84604e
cliexport-erased = Weggelassen, weil hier gelöscht oder vergessen: { $erased }.
# en: a7f37419
cliexport-erased-too = --erased-too bringt das zurück.
# en: 187aabd9
cliexport-merged = Zusammengeführt: { $files }.
# en: c81a9c8d
cliexport-removed = Entfernt, weil darin stand, was hier gelöscht oder vergessen wurde: { $files }.
# en: 6ad6ff2c
cliexport-not-merged = Nicht zusammengeführt: { $file }. { $sentence } { $remedy }
# en: f33c5a69
cliexport-lines = { $count ->
    [one] { $count } Zeile wurde unverschlüsselt geschrieben: { $file }
   *[other] { $count } Zeilen wurden unverschlüsselt geschrieben: { $file }
}
# en: d493b17b
cliexport-unwritable = { $file } konnte nicht geschrieben werden: { $why }.
    .remedy = Nenne eine Datei in einem Ordner, den es gibt und in den du schreiben darfst.
# en: a420a320
cliexport-silent = Der Datenträger von { $file } antwortet nicht.
    .remedy = Nenne eine Datei auf einem anderen Datenträger.
