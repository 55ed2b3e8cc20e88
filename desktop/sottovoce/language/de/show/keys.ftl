# Der Teil der Einstellungen darüber, was die Gespräche öffnet, und über Sicherungen.

# en: 64578fcd
keys-keyring-found = Der Schlüsselbund dieses Rechners enthält den Schlüssel.
# en: dc511196
keys-keyring-missing = Der Schlüsselbund arbeitet, enthält den Schlüssel aber nicht.
# en: 0cadcccd
keys-keyring-wrong = Der Schlüsselbund enthält unter diesem Namen einen anderen Schlüssel.
# en: 7e19c579
keys-keyring-no-keyring = Auf diesem Rechner antwortet kein Schlüsselbund.
# en: 5477ad11
keys-keyring-locked = Der Schlüsselbund ist gesperrt.
# en: 7d0f1799
keys-keyring-silent = Der Schlüsselbund antwortet nicht.
# en: e25e07b7
keys-keyring-failed = Der Schlüsselbund meldet einen Fehler.
# en: ebdf3ad3
keys-no-code = Es gibt keinen Wiederherstellungscode: Verliert der Schlüsselbund den Schlüssel, öffnet nichts deine Gespräche.
# en: 2c216a23
keys-code-made = Wiederherstellungscode erstellt: { $when }.
# en: 49f77bcb
keys-no-passphrase = Es gibt keine Passphrase; solange der Schlüsselbund arbeitet, wird keine gebraucht.
# en: ab6fc290
keys-passphrase-set = Passphrase festgelegt: { $when }.
# en: 32d02c22
keys-state =
    { $keyring }
    { $code }
    { $passphrase }
# en: dd521421
keys-reading = Sieht nach, wo der Schlüssel ist …
# en: 9538fdad
keys-no-backup = Auf diesem Rechner wurde noch keine Sicherung erstellt.
# en: c9b0b73a
keys-last-backup = Letzte Sicherung auf diesem Rechner: { $when }.
# en: ef5d6a39
keys-backing-up = Die Sicherung wird erstellt …
# en: 4ec847b4
keys-backed-up = Die Sicherung ist erstellt: { $file }.
# en: 0a57838a
keys-backup-hint = Eine Sicherung ist verschlüsselt; dieses Sottovoce, der Wiederherstellungscode oder die Passphrase öffnet sie.
# en: a6906eeb
keys-set-done = Die Passphrase ist festgelegt.
# en: 68518d16
keys-removed = Die Passphrase öffnet nichts mehr.
# en: fd6470ee
keys-recovery = &Wiederherstellungscode …
# en: 7b7969bc
keys-remove = Passphrase &entfernen
# en: eccb6a2c
keys-back-up = Jetzt sichern
# en: 605193c8
keys-back-up-to-file = In eine &Datei sichern …
# en: d73b14a2
keys-back-up-dialog = In eine Datei sichern
# en: 8645509d
keys-change = &Passphrase ändern …
# en: ff78f960
keys-choose = &Passphrase festlegen …
# en: 29fcf32b
keys-set = Passphrase &festlegen
# en: 1a1b2f96
keys-drop = D&och nicht
