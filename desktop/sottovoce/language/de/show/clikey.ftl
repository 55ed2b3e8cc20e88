# `sottovoce key`.

# en: f714b5c7
clikey-takes-no-option = `key { $what }` nimmt kein { $option }.
    .remedy = Ruf `sottovoce key --help` auf.
# en: 0f83a7f9
clikey-takes-no-words = `key { $what }` nimmt keine weiteren Wörter.
    .remedy = Ruf `sottovoce key --help` auf.
# en: b0c881a5
clikey-escrow-words = `key escrow` nimmt `new FILE` oder `open FILE --key FILE`.
    .remedy = Ruf `sottovoce key --help` auf.
# en: 951e12ef
clikey-keyring = Schlüsselbund:           { $state }
# en: b9832cd7
clikey-code = Wiederherstellungscode:  { $made }
# en: 0e02e1da
clikey-code-kept = { "                         " }von deiner Administration aufbewahrt
# en: 5f1f606f
clikey-passphrase = Passphrase:              { $made }
# en: afa1f8d8
clikey-this = Dieser Schlüssel:        { $made } (Nummer { $number })
# en: bd938f30
clikey-no-code = keiner: Ruf `sottovoce key recovery-code` auf
# en: 14a14cb3
clikey-none = keine
# en: c23b31c0
clikey-early = von einer frühen Version erstellt
# en: d7bc1f0a
clikey-made = erstellt am { $when }
# en: 462df899
clikey-found = enthält den Schlüssel
# en: 30f9a3f6
clikey-missing = enthält keinen Schlüssel dieser Datenbank
# en: 53f5cca6
clikey-wrong = enthält unter dem Namen dieser Datenbank einen anderen Schlüssel
# en: a2e1619e
clikey-no-keyring = keiner antwortet hier
# en: 08c09434
clikey-locked = ist gesperrt
# en: 9f08f946
clikey-silent = antwortet nicht
# en: f81607a7
clikey-failed = meldet einen Fehler
# en: c32a3c99
clikey-rotated = Die Datenbank hat einen neuen Schlüssel.
# en: e0803814
clikey-new-code = Wiederherstellungscode, nur dieses eine Mal gezeigt:
# en: 58a13923
clikey-write-down =
    Schreibe ihn auf und bewahre ihn nicht bei diesem Rechner auf. Frühere Codes gelten hier nicht mehr; Kopien von
    Sicherungen, die du anderswo hast, öffnen sich weiter mit dem Code von damals: Erstelle neue und lösche die alten.
# en: f54ec940
clikey-sheet = Auch { $file } enthält den Code: Drucke die Datei aus, dann lösche sie.
# en: 9b16b2e3
clikey-both-hold = Der neue Code gilt, und der vorige gilt noch: { $sentence } { $remedy }
# en: 7785627b
clikey-recovered = Der Code stimmt; die Datenbank öffnet sich wieder, und alles ist noch darin.
# en: da1198ca
clikey-recovered-too = Der Code stimmt; die Datenbank öffnet sich wieder, und alles ist noch darin. Auch die neue Passphrase öffnet sie.
# en: 51ab02f1
clikey-passphrase-set = Die Passphrase öffnet die Datenbank, wo der Schlüsselbund es nicht kann.
# en: e573e3d5
clikey-passphrase-removed = Die Passphrase öffnet die Datenbank nicht mehr.
# en: 394552b2
clikey-elsewhere = Die Sicherungen auf diesem Rechner ziehen nach; Kopien, die du anderswo hast, öffnen sich weiter mit der Passphrase von damals.
# en: dff64032
clikey-ask-code = Wiederherstellungscode:
# en: 3a794b9c
clikey-ask-new-passphrase = Neue Passphrase:
# en: 5cf3dc86
clikey-escrow-new =
    Der private Schlüssel ist in { $file }: Halte ihn von den Rechnern fern, die du verwaltest.
    Für die Richtlinie:

    { "    " }"RecoveryEscrowKey": "{ $public }"
# en: 931bf7a6
clikey-escrow-opened =
    Benutzer { $user } auf { $machine }, Datenordner { $home }, erstellt am { $made }:

    { "    " }{ $code }

    `sottovoce key recover` nimmt ihn an, auf dem Rechner dieses Benutzers.
