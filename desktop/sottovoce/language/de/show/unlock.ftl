# Das Fenster eines Starts, der ein Geheimnis braucht.

# en: b9b8419f
unlock-title = Sottovoce entsperren
# en: 11e570be
unlock-title-code = Sottovoce wiederherstellen
# en: aaa810eb
unlock-title-new = Deine Gespräche schützen
# en: 0510952f
unlock-checking = Einen Moment: Das dauert eine Sekunde, damit das Durchprobieren aller Passphrasen ewig dauern würde.
# en: d933cc9e
unlock-wrong = Das war sie nicht. Achte auf die Feststelltaste und die Sprache der Tastatur.
# en: 6f9ec40a
unlock-protect = Auf diesem Rechner gibt es keinen Schlüsselbund, der den Schlüssel zu deinen Gesprächen aufbewahren könnte. Eine Passphrase kann ihn ersetzen: Sottovoce fragt bei jedem Start danach, und ohne sie kann niemand lesen, was du gesagt hast.
# en: 7153da81
unlock-elsewhere = Für eine Sicherung von einem anderen Rechner beende Sottovoce und gib in einem Terminal „sottovoce backup restore DATEI“ ein.
# en: bbd318c0
unlock-after-code = Der Wiederherstellungscode stimmt. Der Schlüsselbund kann den Schlüssel nicht wieder aufnehmen, wähle deshalb eine Passphrase: Sottovoce fragt bei jedem Start danach.
# en: 5d2150d5
unlock-untried = Was du getippt hast, wurde noch nicht versucht. Wenn du dieses Fenster schließt, endet der Start.
# en: beeacbd4
unlock-where-code = Er hat 28 Buchstaben und Ziffern in Vierergruppen. Groß oder klein, Leerzeichen und Striche spielen keine Rolle.
# en: 7eee625a
unlock-use-code = &Wiederherstellungscode verwenden …
# en: addb2044
unlock-unlock = &Entsperren
# en: c3bae3ed
unlock-recover = Wieder&herstellen
# en: 2b60d707
unlock-protect-now = S&chützen
# en: 33eb5250
unlock-try-again = &Noch einmal versuchen
# en: 3d2bd625
unlock-quit = &Beenden
# en: 08b2f4eb
unlock-passphrase = &Passphrase:
    .name = Passphrase
# en: 12053fcb
unlock-code = Wiederherstellungs&code:
    .name = Wiederherstellungscode
# en: c6a8d97f
unlock-locked = Deine Gespräche sind gesperrt
# en: c454bf10
unlock-with-code = Nimm den Wiederherstellungscode
# en: 75cd7e0d
unlock-with-passphrase = Schütze deine Gespräche mit einer Passphrase
# en: 5eea2a6d
unlock-key-missing = Der Schlüsselbund dieses Rechners arbeitet, aber der Schlüssel ist nicht mehr darin.
# en: 7b616c46
unlock-key-wrong = Der Schlüsselbund dieses Rechners enthält unter diesem Namen einen anderen Schlüssel.
# en: d5152d5e
unlock-keyring-failed = Der Schlüsselbund dieses Rechners meldet einen Fehler.
# en: 515861cd
unlock-keyring-locked = Der Schlüsselbund dieses Rechners ist gesperrt.
# en: e7424bb6
unlock-keyring-missing = Auf diesem Rechner antwortet kein Schlüsselbund.
# en: 4d2f1ae8
unlock-keyring-silent = Der Schlüsselbund dieses Rechners antwortet nicht.
# en: cf9654a5
unlock-type = Gib die Passphrase ein, und alles ist wieder da.
# en: f9dc7403
unlock-lost = Gib den Wiederherstellungscode ein, den du aufbewahrt hast, als Sottovoce neu war.
# en: a606ac79
unlock-new = Neue Passphrase
# en: 18cfe37f
unlock-new-label = &Passphrase:
# en: bb180bd3
unlock-again = Noch einmal dieselbe
# en: 9251fb2b
unlock-again-label = Noch ein&mal:
# en: 20e320cf
unlock-show = Ze&igen, was ich tippe
# en: b0b26719
unlock-advice = Mindestens { $least } Zeichen. Vier oder mehr zufällig gewählte Wörter sind gut und leicht zu tippen.
# en: bfc52abd
unlock-long-enough = Lang genug. Nur du kannst wissen, ob jemand sie erraten könnte; niemand kann sie dir wieder sagen, falls du sie vergisst.
# en: 8c6d12c8
unlock-different = Die beiden sind noch nicht gleich.
