# `sottovoce backup`.

# en: 97012173
clibackup-counted = { $messages ->
    [one] { $messages } Nachricht
   *[other] { $messages } Nachrichten
} in { $conversations ->
    [one] { $conversations } Gespräch
   *[other] { $conversations } Gesprächen
}, { $memories ->
    [one] { $memories } Erinnerung
   *[other] { $memories } Erinnerungen
}
# en: 70c8a5ae
clibackup-made = { $file }: { $counts }.
# en: f0bd556e
clibackup-files-not = Deine eigenen Dateien in knowledge/ sind nicht darin: --knowledge nimmt sie mit.
# en: 2a89ccb9
clibackup-files = { $files ->
    [one] { $files } deiner eigenen Dateien in knowledge/ ist darin.
   *[other] { $files } deiner eigenen Dateien in knowledge/ sind darin.
}
# en: 636593b0
clibackup-files-left = Eigene Dateien aus knowledge/, die darin sind: { $files }. Zu groß oder nicht lesbar und deshalb nicht darin: { $left }.
# en: bb481b82
clibackup-row = { $when }  Nachrichten:{ $messages }  { $file }
# en: 8b845550
clibackup-row-upgrade = { $when }  vor einer Aktualisierung  { $file }
# en: 946f6f30
clibackup-go-back = Um zurückzugehen, installiere die frühere Version und setze ihre Kopie an die Stelle von sottovoce.db.
# en: c6271662
clibackup-none = Auf diesem Rechner gibt es noch keine Sicherung.
# en: cb61fa68
clibackup-own = von diesem Datenordner
# en: 96f93795
clibackup-of-another = von einem anderen Datenordner (Datenbank { $database })
# en: 91273d43
clibackup-whole = Vollständig: Jede Seite wurde gelesen.
# en: 30ef5690
clibackup-not-opened = Kein Byte weicht von dem ab, was geschrieben wurde, aber kein Schlüssel hier öffnet sie: Gib --recovery-code oder --passphrase mit.
# en: fc7cb678
clibackup-about = Erstellt am { $when } von Version { $program }, { $whose }: { $counts }.
# en: 2b832acf
clibackup-restored = Wiederhergestellt, wie es am { $when } war: { $counts }.
# en: 751db3e4
clibackup-again = Sie hat zurückgebracht, was hier gelöscht oder vergessen worden war: { $days }. Lösche es noch einmal, wenn es wegbleiben soll.
# en: 5ee8db78
clibackup-files-unwritten = Deine eigenen Dateien darin konnten nicht alle geschrieben werden: Schaffe Platz und stelle noch einmal wieder her.
# en: 46c5b857
clibackup-files-none = Von deinen eigenen Dateien ist keine darin: Bring knowledge/ selbst mit; was daraus gelesen wurde, bleibt bis dahin.
# en: 98fcc3a8
clibackup-files-restored = { $files ->
    [one] { $files } deiner eigenen Dateien wurde in knowledge/ gelegt.
   *[other] { $files } deiner eigenen Dateien wurden in knowledge/ gelegt.
}
# en: f37ddbe9
clibackup-files-restored-left = In knowledge/ gelegte eigene Dateien: { $files }. Schon da und deshalb, wie sie waren: { $left }.
# en: dc8afa94
clibackup-holds-no = Eine Sicherung enthält weder Einstellungen noch Modelle: Bring settings.toml und models/ selbst mit oder richte sie neu ein.
# en: 68bf0c7f
clibackup-kept-aside = { $days ->
    [one] Was vorher hier war, bleibt einen Tag lang in { $folder }.
   *[other] Was vorher hier war, bleibt { $days } Tage lang in { $folder }.
}
# en: fb81a75b
clibackup-days = { $days ->
    [one] { $days } Tag, { $last }
   *[other] { $days } Tage, der letzte { $last }
}
# en: c56ebca8
clibackup-still-running = Sottovoce läuft, und eine Sicherung lässt sich nur einsetzen, solange es nicht läuft.
# en: 63b48faa
clibackup-not-counted = nicht gezählt: kein Schlüssel, der zur Hand ist, öffnet es, oder die letzte Sitzung brach ab
# en: 3d671324
clibackup-is-of = Die Sicherung ist vom { $when }: { $counts }.
# en: 09247fa0
clibackup-store-is-of = In die Datenbank hier wurde zuletzt am { $when } geschrieben: { $counts }.
# en: 11544ce3
clibackup-would-come-back = Hier wurde seither etwas gelöscht oder vergessen ({ $days }): Was die Sicherung davon enthält, kommt zurück.
# en: 33c85bee
clibackup-nobody-to-ask = { $shown } Es wurde nichts getan.
    .remedy = Gib --yes mit, um die Sicherung einzusetzen.
# en: 5504cd7c
clibackup-ask = Die Sicherung einsetzen? Tippe ja:
# en: f19cae38
clibackup-ask-passphrase = Passphrase der Sicherung:
