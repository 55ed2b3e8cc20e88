# Jeder Fehler, dem man begegnen kann: ein ruhiger Satz, und was hilft (`.remedy`). Nie ein Wort von dem, was gesagt wurde.

# Ein Wort für eine Sache, in allen Dateien dieses Ordners und in say/:
#   speech model     Spracherkennungsmodell („Sprachmodell“ ist immer das language model)
#   language model   Sprachmodell
#   skill            Fähigkeit
#   backup           Sicherung; man erstellt sie und stellt sie wieder her
#   recovery code    Wiederherstellungscode; man erstellt, bestätigt und bewahrt ihn auf
#   passphrase       Passphrase; man legt sie fest (ein Passwort ist das eines anderen Programms)
#   keyring          Schlüsselbund
#   key file         Schlüsseldatei
#   home             Datenordner; store: Datenbestand; database: Datenbank; disk: Datenträger
#   policy           Richtlinie; administrator: Administration, die erlaubt und festlegt
#   talk key         Taste zum Sprechen; hold: halten; press: drücken; let go: loslassen
#   overlay          Anzeige; tray: Leiste; tray icon: Symbol; desktop: Desktop; computer, machine: Rechner
#   memory           Erinnerung, das Gemerkte; remember: sich merken; forget: vergessen; erase: löschen
#   history          Verlauf; turn: Runde; audit log: Prüfprotokoll; knowledge folder: Wissensordner
#   setting          Einstellung; default: Voreinstellung; version: Version; update news: Auskunft über neue Versionen
# Angesprochen wird mit „du“, Aufforderungen haben ihr -e, wo es üblich ist (wähle, prüfe, versuche; aber: gib, nimm,
# sieh, ruf, komm, lass, sag, frag). Zitate stehen in „…“, Befehle in Backticks, vor %, MB, s und Hz ein festes Leerzeichen.

# en: dc9ce272
error-failed = Etwas hat nicht geklappt.
    .remedy = `sottovoce doctor` zeigt, welcher Teil Schwierigkeiten hat.
# en: 03a2e526
error-usage-wrong = So wird dieser Befehl nicht aufgerufen.
    .remedy = `sottovoce --help` zeigt die richtige Form.
# en: b5fc5d66
error-bug = In Sottovoce selbst ist etwas schiefgegangen.
    .remedy = Nichts Bestätigtes ist verloren; die Einzelheiten stehen im Protokollordner, ohne ein Wort von dem, was gesagt wurde.
# en: e71219b4
error-microphone-missing = Es wurde kein Mikrofon gefunden.
    .remedy = Schließe eines an oder wähle eines in den Klangeinstellungen, dann drücke noch einmal.
# en: 793463b9
error-microphone-lost = Das Mikrofon ist ausgefallen, während du gesprochen hast.
    .remedy = Prüfe den Stecker oder die Klangeinstellungen, dann drücke noch einmal.
# en: 800d6957
error-microphone-cut-off = Das Mikrofon ist ausgefallen, während du gesprochen hast; was du bis dahin gesagt hast, wird beantwortet.
    .remedy = Prüfe den Stecker oder die Klangeinstellungen, dann drücke für den Rest noch einmal.
# en: b22bb57f
error-microphone-silent = Vom Mikrofon kommt überhaupt kein Ton.
    .remedy = Vielleicht ist es stumm geschaltet: Schalte es in den Klangeinstellungen oder am Gerät ein, dann drücke noch einmal.
# en: 04f59fc9
error-microphone-too-quiet = Du bist schwer zu hören: Das Mikrofon ist sehr leise eingestellt oder weit weg.
    .remedy = Stelle das Mikrofon in den Klangeinstellungen lauter oder sprich näher daran.
# en: 21875f4e
error-microphone-too-loud = Deine Stimme ist verzerrt: Das Mikrofon ist zu laut eingestellt.
    .remedy = Stelle das Mikrofon in den Klangeinstellungen leiser oder sprich aus etwas mehr Abstand.
# en: f81398c1
error-held-too-long = Du hast länger gesprochen, als Sottovoce auf einmal zuhört; was du bis dahin gesagt hast, wird beantwortet.
    .remedy = Lass los und drücke noch einmal, um weiterzusprechen.
# en: d1c3263a
error-recording-unusable = Diese Datei enthält keinen Ton, der sich lesen lässt.
    .remedy = Gib eine vollständige WAV-Datei an.
# en: be2363be
error-model-missing = Es gibt kein Spracherkennungsmodell.
    .remedy = `sottovoce models` zeigt, welche da sind und welche es gibt; nimm `model` aus settings.toml heraus, um das mitgelieferte zu verwenden.
# en: ee1f9d95
error-model-broken = Der Ordner des Spracherkennungsmodells ist nicht vollständig.
    .remedy = Entpacke das Modell noch einmal oder nimm `model` aus settings.toml heraus, um das mitgelieferte zu verwenden.
# en: b5dcbf3a
error-model-foreign = Dieser Ordner enthält ein Modell eines anderen Programms.
    .remedy = Wähle ein Modell von Vosk oder Moonshine: `sottovoce models list` zeigt, was sich installieren lässt.
# en: b72bf3fc
error-model-loading = Das Spracherkennungsmodell wird noch geladen.
    .remedy = Drücke gleich noch einmal und sag es dann; ein kleineres Modell ist sofort da.
# en: a4e4d3d8
error-recognizer-hung = Die Wörter konnten nicht rechtzeitig erkannt werden.
    .remedy = Drücke noch einmal und wiederhole es; wenn das so bleibt, beende Sottovoce und starte es neu.
# en: 19a999fb
error-model-unknown = Es gibt kein Modell mit diesem Namen.
    .remedy = Sieh in `sottovoce models list` nach; `sottovoce models list --refresh` holt die neueste Liste.
# en: 9bb533a4
error-model-there = Ein Modell mit diesem Namen ist schon installiert.
    .remedy = Entferne es zuerst, falls es beschädigt ist: `sottovoce models remove NAME`.
# en: 8a1d37ba
error-model-in-use = Dieses Modell ist in Gebrauch.
    .remedy = Wähle zuerst ein anderes: `sottovoce settings set model NAME`.
# en: 147d7441
error-models-busy = Gerade wird ein Modell installiert.
    .remedy = Warte, bis das fertig ist, oder brich es ab.
# en: 001f822e
error-models-forbidden = Deine Administration erlaubt nicht, dieses Modell zu installieren.
    .remedy = `sottovoce policy show` zeigt, welche erlaubt sind.
# en: 1df00923
error-models-full = Für dieses Modell ist auf dem Datenträger zu wenig Platz.
    .remedy = Schaffe Platz oder mach `models/` zu einem Verweis auf einen Ordner auf einem anderen Datenträger, und versuche es noch einmal.
# en: b1f1d917
error-models-unwritable = Der Ordner der Modelle lässt sich nicht verwenden.
    .remedy = Sieh nach, ob er da ist, ob er dir gehört und ob sein Datenträger arbeitet.
# en: f9cb5985
error-archive-unsafe = Dieses Archiv zu entpacken wäre nicht sicher.
    .remedy = Hole das Modell von dort, wo es veröffentlicht wurde; von diesem wurde nichts behalten.
# en: 37caeb28
error-archive-unreadable = Diese Datei ist kein Archiv, das sich entpacken lässt, oder sie ist beschädigt.
    .remedy = Gib eine zip-, tar-, tar.gz-, tar.bz2- oder tar.xz-Datei an, oder einen Ordner.
# en: 96a4a245
error-download-unreachable = Der Server der Modelle ist nicht zu erreichen.
    .remedy = Prüfe das Netz und versuche es noch einmal; eine Datei, die du schon hast, kommt mit `sottovoce models import DATEI` hinein.
# en: 8c3ba0c6
error-download-stalled = Der Server sendet nichts mehr.
    .remedy = Gib denselben Befehl noch einmal ein: Es geht weiter, wo es stand.
# en: b40deeb9
error-download-refused = Der Server gibt die Datei nicht heraus.
    .remedy = Hole die neueste Liste (`sottovoce models list --refresh`) und versuche es noch einmal.
# en: c6ac41ec
error-download-broken = Die Verbindung zum Server ist immer wieder abgerissen.
    .remedy = Gib denselben Befehl noch einmal ein: Es geht weiter, wo es stand.
# en: a004670c
error-download-altered = Die angekommene Datei ist nicht die, die veröffentlicht wurde: Ihre Prüfsumme ist eine andere.
    .remedy = Nichts davon wurde behalten. Versuche es später noch einmal; wenn das so bleibt, sag es denen, die den Server betreiben.
# en: 6db321fc
error-voice-missing = Antworten können nicht gesprochen werden: Die Sprachausgabe ist nicht installiert.
    .remedy = Installiere die Pakete libespeak-ng1 und alsa-utils; bis dahin werden Antworten gezeigt.
# en: a128366d
error-voice-unknown = Die Stimme aus den Einstellungen ist nicht da, deshalb spricht die übliche.
    .remedy = Berichtige `voice` in den Einstellungen (`espeak-ng --voices` zählt sie auf) oder lass es leer.
# en: 8f19e362
error-voice-lost = Die Stimme ist mitten in einer Antwort ausgefallen.
    .remedy = Die ganze Antwort wird gezeigt; sieh in den Klangeinstellungen nach, wenn das noch einmal geschieht.
# en: 98d80d5a
error-hotkey-taken = Ein anderes Programm benutzt die Taste zum Sprechen schon.
    .remedy = Wähle in den Einstellungen eine andere (`hotkey`) oder mach sie dort frei; bis dahin gehen das Menü und `sottovoce press`.
# en: f616f3b6
error-hotkey-unknown = Die Einstellung `hotkey` nennt keine Taste, die es hier gibt.
    .remedy = Schreibe sie in den Einstellungen wie "Ctrl+Alt+Space".
# en: 81cb9516
error-hotkey-forbidden = macOS lässt Sottovoce die Taste zum Sprechen nicht sehen, bis du es erlaubst.
    .remedy = Öffne die Systemeinstellungen, „Datenschutz & Sicherheit“; schalte Sottovoce (oder das Terminal, das es gestartet hat) unter „Bedienungshilfen“ und unter „Eingabeüberwachung“ ein und starte Sottovoce neu. Bis dahin geht „Sprechen“ im Menü.
# en: 9bc6e975
error-hotkey-unsupported = Auf diesem Desktop kann kein Programm eine Taste für sich nehmen.
    .remedy = Lege in den Einstellungen des Desktops `sottovoce press` (ohne Wiederholung) und `sottovoce release`, oder `sottovoce toggle`, auf eine Taste.
# en: 55e8ce42
error-typing-missing = Hier kann nichts getippt oder kopiert werden.
    .remedy = Sag es dem Sottovoce, das in der Leiste deines Desktops läuft.
# en: e355c0c5
error-typing-forbidden = Deine Administration erlaubt mir nicht, in die Fenster anderer Programme zu tippen.
    .remedy = `sottovoce policy show` sagt, was festgelegt ist; alles andere geht.
# en: 6dbb94ab
error-typing-into-self = Das Fenster im Vordergrund ist mein eigenes, deshalb habe ich nichts getippt.
    .remedy = Klicke dorthin, wo der Text stehen soll, und sag es noch einmal.
# en: 259ea652
error-typing-failed = Der Desktop hat nicht angenommen, was ich tippen wollte.
    .remedy = Sieh nach, was getippt wurde, und sag es noch einmal.
# en: 187fd0a5
error-typing-copied = Auf diesem Desktop darf kein Programm tippen; deine Worte liegen in der Zwischenablage, anstelle dessen, was dort war.
    .remedy = Füge sie mit Strg+V ein; wo der Desktop es erlaubt, kann ich mit dem Programm wtype tippen.
# en: f79dacc5
error-clipboard-silent = Das Programm, dem die Zwischenablage gehört, antwortet nicht.
    .remedy = Kopiere es noch einmal und versuche es dann wieder.
# en: 401da9f8
error-store-in-use = Ein anderer Prozess von Sottovoce benutzt diesen Datenordner.
    .remedy = Warte, bis er fertig ist, oder beende ihn, und versuche es noch einmal.
# en: d06009b0
error-store-missing = Die Datenbank fehlt, obwohl ihre Schlüsseldatei da ist.
    .remedy = Hole sottovoce.db zurück (von dort, wohin sie geraten ist, oder aus einer Sicherung); um neu anzufangen, lege sottovoce.keys woandershin.
# en: 3602fe67
error-store-unreadable = Die Datenbank lässt sich nicht lesen, obwohl ihr Schlüssel stimmt; sie wurde nicht angerührt.
    .remedy = Hole sottovoce.db aus einer Sicherung zurück; hebe die jetzige Datei auf.
# en: b8a72626
error-store-damaged = Ein Teil der Datenbank ist beschädigt; sie wurde nicht angerührt.
    .remedy = Kopiere den ganzen Ordner woandershin, dann hole sottovoce.db aus einer Sicherung zurück.
# en: fd92e510
error-store-too-new = Die Datenbank stammt von einer neueren Version von Sottovoce.
    .remedy = Installiere diese Version oder eine spätere; geändert wurde nichts.
# en: 4c578bfd
error-store-full = Der Datenträger ist voll, deshalb konnte das nicht gespeichert werden.
    .remedy = Schaffe Platz und versuche es noch einmal; alles zuvor Gespeicherte ist sicher.
# en: 8ff5695f
error-store-read-only = In die Datenbank kann nicht geschrieben werden: Ihr Ordner oder ihre Datei ist schreibgeschützt.
    .remedy = Mach den Ordner für dein Benutzerkonto beschreibbar und versuche es noch einmal.
# en: c5b374a2
error-store-linked = Eine Datei der Datenbank hat einen zweiten Namen, über den auch von anderswo hineingeschrieben werden könnte.
    .remedy = Setze eine Kopie davon an ihre Stelle und versuche es noch einmal.
# en: 2dbc9da2
error-backups-unreachable = Der Ordner backups/ ist ein Verweis auf einen Ort, den es gerade nicht gibt; was dort liegt, wurde nicht erreicht.
    .remedy = Hänge den Datenträger ein, auf den er verweist, und starte Sottovoce neu; dann geht es damit weiter.
# en: e79dcb52
error-store-replaced = Die Datenbank wurde während des Betriebs verschoben oder ersetzt, deshalb wurde nichts mehr geschrieben.
    .remedy = Setze die richtige Datei wieder ein und starte Sottovoce neu.
# en: d52f9973
error-store-failed = Die Datenbank konnte nicht ausführen, was verlangt war.
    .remedy = Versuche es noch einmal; wenn das so bleibt, ruf `sottovoce doctor` auf.
# en: 24304f97
error-store-log-foreign = Das Schreibprotokoll (WAL) neben der Datenbank gehört nicht zu ihr; beide wurden nicht angerührt.
    .remedy = Stammt sottovoce.db aus einer Kopie, lege sottovoce.db-wal woandershin; sonst hole die richtige Datenbank zurück.
# en: 7c104346
error-store-log-lost = Die letzte Sitzung brach ab, und ihr Schreibprotokoll (WAL) fehlt oder ist beschädigt.
    .remedy = Sieh nach, ob deine letzten Worte im Verlauf stehen; was fehlt, ist vielleicht in einer Sicherung.
# en: c37b1369
error-key-file-restored = Die Datei sottovoce.keys fehlte oder war beschädigt und wurde wiederhergestellt; nichts Gesagtes ist verloren.
    .remedy = Ruf `sottovoce key recovery-code` auf: Der Code und die Passphrase, die jetzt gelten, können frühere sein.
# en: 824efe24
error-audit-shortened = Am Ende des Prüfprotokolls fehlen Einträge, oder eine ältere Datenbank wurde eingesetzt.
    .remedy = Hast du sie selbst eingesetzt, ruf `sottovoce audit accept` auf; sonst hat jemand mit ihrem Schlüssel etwas geändert.
# en: 05db6d82
error-audit-altered = Das Prüfprotokoll wurde verändert: Seine Kette von Prüfsummen stimmt nicht.
    .remedy = Sieh es mit `sottovoce audit` durch; um von hier aus weiterzumachen, ruf `sottovoce audit accept` auf.
# en: 21e12a9f
error-audit-unanchored = Das Ende des Prüfprotokolls in der Schlüsseldatei hat jemand anderes geändert, oder eine frühe Schlüsseldatei wurde eingesetzt.
    .remedy = Sieh das Protokoll mit `sottovoce audit` durch; um von hier aus weiterzumachen, ruf `sottovoce audit accept` auf.
# en: f7d705a9
error-store-stepped-back = Eine frühere Datenbank wurde eingesetzt.
    .remedy = Warst du das selbst, ist alles gut; sonst ist das dazwischen Gesagte vielleicht in einer Sicherung (`sottovoce backup list`) oder in einer Kopie daneben (`sottovoce merge`).
# en: 54d6f5f2
error-store-parted = Diese Datenbank ist getrennt von der weitergeführt worden, die zuletzt hier offen war.
    .remedy = Was hier seither gesagt wurde, steht nicht darin; hat ein Abgleichprogramm eine Kopie danebengelegt, führt `sottovoce merge` beide zusammen.
# en: 944008f0
error-store-elsewhere = Dieser Datenordner war zuletzt auf einem anderen Rechner offen.
    .remedy = Hast du seither hier mit Sottovoce gesprochen, warte, bis alles abgeglichen ist, bevor du weitermachst.
# en: 3e283ff4
error-key-file-stepped-back = Eine frühere Schlüsseldatei wurde eingesetzt.
    .remedy = Ein Wiederherstellungscode oder eine Passphrase, die du seither außer Kraft gesetzt hast, kann sie wieder öffnen: Ersetze sie mit `sottovoce key recovery-code` und `sottovoce key passphrase`.
# en: c95b7711
error-not-a-backup = Diese Datei ist keine Sicherung von Sottovoce.
    .remedy = Nenne eine Datei, die `sottovoce backup create` erstellt hat (sottovoce-….backup).
# en: fcaaa3fb
error-backup-damaged = Diese Sicherung ist beschädigt: Ein Teil davon ist nicht, was geschrieben wurde.
    .remedy = Nimm eine andere Sicherung; geändert wurde nichts.
# en: ccb2c365
error-backup-too-new = Diese Sicherung stammt von einer neueren Version von Sottovoce.
    .remedy = Installiere diese Version oder eine spätere; geändert wurde nichts.
# en: 059d513c
error-backup-locked = Der Schlüssel dieser Sicherung ist nicht auf diesem Rechner.
    .remedy = Gib den Wiederherstellungscode oder die Passphrase von damals an: mit --recovery-code oder --passphrase.
# en: 2b6fc7a6
error-not-an-export = Dieser Ordner enthält keinen Export von Sottovoce: Es liegt keine export.json darin, die die Form nennt.
    .remedy = Nenne einen Ordner, den `sottovoce export ORDNER` dieser Version geschrieben hat; geändert wurde nichts.
# en: 9efb0f24
error-export-damaged = Dieser Export ist beschädigt: Ein Teil davon ist nicht, was geschrieben wurde.
    .remedy = Exportiere noch einmal und importiere das; geändert wurde nichts.
# en: fd7bc791
error-copies-found = Ein Abgleichprogramm hat eine Kopie der Datenbank danebengelegt: Zwei Rechner haben sie benutzt.
    .remedy = Ruf `sottovoce merge` auf; es holt daraus, was hier fehlt, und überschreibt nichts.
# en: 4729b31c
error-copy-locked = Kein Schlüssel, der zur Hand ist, öffnet diese Kopie der Datenbank.
    .remedy = Öffne sie dort, wo sie entstand, und exportiere sie da (`sottovoce export ORDNER`); diesen Ordner importiere hier.
# en: 5b88d582
error-copy-unreadable = Diese Kopie der Datenbank ist beschädigt.
    .remedy = Arbeitet das Abgleichprogramm noch daran, versuche es später wieder; sonst lege die Kopie woandershin.
# en: 4bb15d4f
error-no-copies = Hier ist keine Kopie der Datenbank, die sich zusammenführen ließe.
    .remedy = Nenne eine: `sottovoce merge DATEI`.
# en: 3f6fa9a0
error-export-too-new = Dieser Export stammt von einer neueren Version von Sottovoce.
    .remedy = Installiere diese Version oder eine spätere; geändert wurde nichts.
# en: b53e7031
error-keyring-missing = Kein Schlüsselbund antwortet, deshalb lässt sich der Schlüssel der Datenbank nicht sicher aufbewahren.
    .remedy = Installiere und starte einen (etwa gnome-keyring oder KWallet) und melde dich neu an, oder komm ohne aus: mit `sottovoce key passphrase`.
# en: 56db0024
error-keyring-locked = Der Schlüsselbund ist gesperrt, deshalb lässt sich die Datenbank nicht öffnen.
    .remedy = Entsperre den Schlüsselbund (meist mit deinem Anmeldepasswort) und starte Sottovoce neu.
# en: c2a1c2b0
error-keyring-silent = Der Schlüsselbund hat nicht rechtzeitig geantwortet.
    .remedy = Beantworte seine Frage nach dem Passwort, falls eine offen ist, oder starte ihn neu, und versuche es noch einmal.
# en: 412716fa
error-keyring-failed = Der Schlüsselbund konnte den Schlüssel der Datenbank nicht herausgeben oder aufbewahren.
    .remedy = Sieh mit dem Passwortprogramm deines Systems nach (Seahorse, KWalletManager), dann versuche es noch einmal.
# en: ec51cab3
error-key-missing = Die Datenbank ist da, aber ihr Schlüssel ist nicht im Schlüsselbund.
    .remedy = Melde dich mit dem Schlüsselbund an, der zuvor benutzt wurde, oder stelle ihn wieder her; die Datenbank wurde nicht angerührt.
# en: 648f54a7
error-key-wrong = Der Schlüssel im Schlüsselbund ist nicht der dieser Datenbank.
    .remedy = Hole die zusammengehörenden Dateien sottovoce.db und sottovoce.keys zurück; beide wurden nicht angerührt.
# en: 8c77cbd1
error-key-file-damaged = Die Datei sottovoce.keys neben der Datenbank fehlt oder ist beschädigt.
    .remedy = Kein Schlüssel, der zur Hand ist, öffnet die Datenbank: Hole sottovoce.keys aus einer Kopie dieses Ordners zurück oder melde dich mit dem Schlüsselbund an, der zuvor benutzt wurde; nur wenn beides nicht hilft, stelle eine Sicherung wieder her. Geändert wurde nichts.
# en: 178c3282
error-passphrase-wrong = Das ist nicht die Passphrase dieser Datenbank.
    .remedy = Versuche es noch einmal und achte auf die Feststelltaste und die Sprache der Tastatur; mit dem Wiederherstellungscode geht `sottovoce key recover`.
# en: f14b6e2c
error-recovery-code-wrong = Das ist ein Wiederherstellungscode, aber nicht der jetzige dieser Datenbank.
    .remedy = Suche nach einem späteren Blatt: Jeder neue Wiederherstellungscode und jedes `key rotate` setzt den vorigen außer Kraft.
# en: 098b65fc
error-recovery-code-mistyped = Im Wiederherstellungscode ist ein Fehler.
    .remedy = Er hat 28 Buchstaben und Ziffern in Vierergruppen: Vergleiche jede mit dem Blatt und tippe ihn noch einmal.
# en: 7e6162b4
error-recovery-code-missing = Es gibt keinen Wiederherstellungscode: Verlöre der Schlüsselbund den Schlüssel, könnte nichts die Datenbank öffnen.
    .remedy = Ruf `sottovoce key recovery-code` auf und bewahre an einem sicheren Ort auf, was es zeigt.
# en: 63b8bd15
error-passphrase-weak = Diese Passphrase ist durch Ausprobieren zu leicht zu finden.
    .remedy = Nimm mindestens 12 Zeichen; vier oder mehr zufällig gewählte Wörter sind besser als eines mit Sonderzeichen.
# en: 817659ba
error-key-change-refused = So lassen sich die Schlüssel nicht ändern.
    .remedy = Sieh in `sottovoce key status` nach; geändert wurde nichts.
# en: e13420c1
error-clock-doubted = Die Uhr ist gesprungen, deshalb wird vorerst nichts wegen seines Alters gelöscht.
    .remedy = Stimmt ihr Datum, ruf `sottovoce clock accept` auf; wenn nicht, stelle sie.
# en: c3ebbbfe
error-upkeep-due = Dieser Datenbestand ist zu groß, um am Ende eines Befehls gepflegt zu werden, und etwas steht an.
    .remedy = Ruf `sottovoce upkeep` an Tagen auf, an denen du ihn benutzt, oder lass die Anwendung laufen, die es von selbst macht.
# en: d364a34f
error-policy-unusable = Die Richtlinie dieses Rechners lässt sich nicht verwenden.
    .remedy = Bitte deine Administration, sie zu berichtigen; `sottovoce policy check DATEI` sagt, was daran nicht stimmt.
# en: c136c108
error-escrow-unwritable = Der Wiederherstellungscode dieses Datenbestands ist noch nicht dort, wo deine Administration ihn aufbewahrt.
    .remedy = Es wird von selbst wieder versucht; wenn das so bleibt, sag es deiner Administration. Die Datenbank öffnet sich wie zuvor.
# en: b7c08b0e
error-escrow-unreadable = Diese Datei enthält keinen Wiederherstellungscode.
    .remedy = Nenne eine Datei, die auf .escrow endet, aus dem Ordner, den die Richtlinie nennt, oder aus dem Datenordner.
# en: 9d152bcf
error-escrow-key-wrong = Dieser Wiederherstellungscode ist für einen anderen Schlüssel versiegelt.
    .remedy = Gib den privaten Schlüssel an, der zu `RecoveryEscrowKey` gehört: `--key DATEI`.
# en: 252ed231
error-code-escrowed = Den Wiederherstellungscode deiner Datenbank bewahrt deine Administration auf; sie kann die Datenbank damit öffnen.
    .remedy = Du brauchst nichts aufzuschreiben; `sottovoce policy show` sagt, wo er liegt.
# en: 1b11af8e
error-backups-forbidden = Deine Administration lässt in diesem Ordner keine Sicherungen zu.
    .remedy = Nenne einen anderen Ordner oder eine Datei anderswo: `sottovoce backup create DATEI`.
# en: 3e754bae
error-backups-elsewhere-forbidden = Deine Administration lässt keine Sicherungen an anderen Orten zu.
    .remedy = `sottovoce backup create` ohne Datei erstellt eine auf diesem Rechner, wo das erlaubt ist.
# en: a9bb2ceb
error-export-forbidden = Deine Administration lässt keinen Export zu.
    .remedy = Geschrieben wurde nichts; frag deine Administration nach dem, was du brauchst.
# en: d4f558f2
error-erase-forbidden = Deine Administration lässt hier kein Löschen zu.
    .remedy = Alles ist, wie es war; bitte deine Administration, es zu löschen oder dir das zu erlauben.
# en: e9a894bc
error-embedder-broken = Erinnerungen lassen sich nicht nach ihrem Sinn suchen: Die Dateien dafür fehlen oder sind beschädigt.
    .remedy = Installiere Sottovoce noch einmal; bis dahin werden Erinnerungen nach ihren Wörtern gefunden.
# en: b512e2aa
error-language-model-missing = Das Sprachmodell ist nicht zu erreichen.
    .remedy = Starte seinen Server, oder berichtige oder leere seine Adresse in den Einstellungen.
# en: 7b8e0192
error-language-model-silent = Das Sprachmodell hat nicht rechtzeitig geantwortet.
    .remedy = Frag gleich noch einmal oder nenne in den Einstellungen ein schnelleres Modell.
# en: da6e4d9b
error-language-model-refused = Der Server des Sprachmodells hat die Frage abgelehnt.
    .remedy = Prüfe seine Adresse und den Namen des Modells in den Einstellungen.
# en: e9a23fcb
error-language-model-busy = Das Sprachmodell nimmt gerade keine Frage an.
    .remedy = Frag in einer Minute noch einmal.
# en: 985ee007
error-language-model-failed = Der Server des Sprachmodells ist beim Antworten ausgefallen.
    .remedy = Frag noch einmal; geschieht das oft, sieh in das Protokoll des Servers.
# en: 1d18d49a
error-language-model-failed-nothing = Das Sprachmodell hat nichts geantwortet.
# en: ba5b689d
error-language-model-failed-thinking = Das Sprachmodell hat bis zum Ende seines Budgets nachgedacht und nichts gesagt.
    .remedy = Frag noch einmal, oder nenne in den Einstellungen ein Modell, das nicht laut denkt.
# en: c57a2182
error-language-model-failed-held = Der Server des Sprachmodells hat seine Antwort zurückgehalten.
    .remedy = Frag mit anderen Worten, oder nenne in den Einstellungen ein anderes Modell.
# en: c19bc58d
error-language-model-failed-circles = Das Sprachmodell hat sich im Kreis gedreht.
    .remedy = Frag noch einmal, oder nenne in den Einstellungen ein größeres Modell.
# en: 11fac31c
error-language-model-forbidden = Deine Administration erlaubt nicht, dieses Sprachmodell zu fragen.
    .remedy = Nenne eines, das näher ist, oder leere seine Adresse in den Einstellungen.
# en: f8b703fb
error-updates-off = Nach neueren Versionen wird niemand gefragt: Es ist keine Adresse oder kein Schlüssel genannt.
    .remedy = Nenne beide so, wie ihre Herausgeber sie angeben: `sottovoce settings set update_address ADRESSE` und `update_key SCHLÜSSEL`.
# en: cc2e46ef
error-updates-forbidden = Deine Administration erlaubt nicht, nach neueren Versionen zu fragen.
    .remedy = Sie kümmert sich selbst darum; `sottovoce policy show` zeigt, was sie festgelegt hat.
# en: 63f2c1fb
error-update-unreachable = Der Server für neue Versionen ist nicht zu erreichen.
    .remedy = Prüfe das Netz und `update_address`, dann versuche es noch einmal.
# en: 85950c34
error-update-silent = Der Server für neue Versionen hat nicht rechtzeitig geantwortet.
    .remedy = Versuche es später noch einmal; geändert wurde nichts.
# en: 61878b2b
error-update-refused = Der Server für neue Versionen gibt keine Auskunft.
    .remedy = Prüfe `update_address` in den Einstellungen; nichts von dem, was kam, wurde verwendet.
# en: 5cff0bca
error-update-forged = Die Auskunft über neue Versionen, die kam, ist nicht die, die ihre Herausgeber signiert haben.
    .remedy = Nichts davon wurde verwendet. Prüfe `update_address` und `update_key`; stimmen sie, sag es den Herausgebern.
# en: 4b12d9d9
error-update-old = Die Auskunft über neue Versionen, die kam, ist älter als das schon Bekannte.
    .remedy = Nichts davon wurde verwendet. Prüfe die Uhr dieses Rechners; geht sie richtig, sag es denen, die den Server betreiben.
# en: 5220eff3
error-update-unreadable = Die Auskunft über neue Versionen, die kam, ist signiert, aber diese Version kann sie nicht lesen.
    .remedy = Suche dort, wo du diese Version herhast, nach einer neueren.
# en: 8cfab447
error-knowledge-forbidden = Deine Administration erlaubt nicht, deine Dateien zu lesen.
    .remedy = `sottovoce policy show` sagt, was festgelegt ist; alles andere geht.
# en: 3568ae8e
error-knowledge-unwatched = Änderungen im Wissensordner fallen nicht sofort auf: Das System beobachtet keine weiteren Ordner.
    .remedy = Er wird einmal in der Minute durchgesehen; ein höheres fs.inotify.max_user_watches macht es wieder sofort.
# en: 36dc53df
error-knowledge-misnamed = Eine Datei im Wissensordner wird nicht gelesen, weil ihr Name Zeichen in unbekannter Kodierung enthält.
    .remedy = Benenne sie in der Dateiverwaltung um: Solche Zeichen erscheinen als Fragezeichen oder Kästchen.
# en: 92920e60
error-knowledge-gone = Deine Dateien sind aus dem Wissensordner verschwunden.
    .remedy = Was daraus gelesen wurde, bleibt. Hole sie zurück, oder ruf `sottovoce knowledge forget` auf, falls du sie entfernt hast.
# en: bcdcf3ed
error-knowledge-too-deep = Manche Dateien im Wissensordner werden nicht gelesen, weil sie mehr als 32 Ordner tief liegen.
    .remedy = Lege weiter oben ab, was du davon brauchst.
# en: 38c46bed
error-reader-missing = Der Teil, der deine Dateien liest, ließ sich nicht starten; neue Dateien sind deshalb noch nicht bekannt.
    .remedy = Es wird später wieder versucht; wenn das so bleibt, starte Sottovoce neu oder installiere es noch einmal.
# en: 7768fba1
error-document-gone = Die Datei ist nicht mehr da.
    .remedy = Lege sie zurück, wenn sie noch gebraucht wird.
# en: 911beb91
error-document-unreadable = Diese Datei lässt sich nicht lesen: Sie ist beschädigt oder zu kompliziert aufgebaut.
    .remedy = Speichere sie neu mit dem Programm, von dem sie stammt, oder lege ihren Text in eine Textdatei.
# en: aa20590c
error-document-forbidden = Diese Datei lässt sich nicht lesen: Dir fehlt die Berechtigung.
    .remedy = Gib deinem Benutzerkonto das Leserecht (`chmod u+r`) oder nimm sie aus dem Wissensordner.
# en: f7269908
error-document-locked = Diese Datei ist durch ein Passwort geschützt.
    .remedy = Speichere sie ohne Passwort oder nimm sie aus dem Wissensordner.
# en: 9e1f1f24
error-document-empty = In dieser Datei steht kein Text; Seiten, die nur Bilder sind, lassen sich nicht lesen.
    .remedy = Lass gescannte Seiten von einem Programm mit Texterkennung (OCR) neu speichern.
# en: 8c338ba0
error-document-too-large = Diese Datei ist zu groß, um gelesen zu werden.
    .remedy = Teile sie in Stücke von weniger als 64 Megabyte und zwei Millionen Wörtern.
# en: 4a156791
error-document-not-text = Diese Datei heißt wie ein Text, enthält aber etwas anderes, oder ihre Kodierung ist nicht zu erkennen.
    .remedy = Speichere sie als UTF-8, gib ihr die richtige Endung oder nimm sie aus dem Wissensordner.
# en: 3f5f3c58
error-document-scrambled = Die Buchstaben dieses PDFs sind zu sehen, aber nicht zu lesen: Seine Schriften sagen nicht, welche es sind.
    .remedy = Lass es von einem Programm mit Texterkennung (OCR) neu speichern.
# en: 64cf4ae4
error-document-partial = Seiten dieser Datei fehlen oder sind nicht zu lesen; die anderen sind bekannt.
    .remedy = Kopiere oder lade sie noch einmal vollständig, oder speichere sie neu mit dem Programm, von dem sie stammt.
# en: 5222c243
error-still-starting = Sottovoce startet noch.
    .remedy = Versuche es gleich noch einmal; ein großes Spracherkennungsmodell braucht einige Sekunden.
# en: 8955c956
error-app-locked = Sottovoce ist gesperrt: Eine Weile hat es niemand benutzt.
    .remedy = Drück die Taste zum Sprechen, oder öffne sein Fenster: Die nächste Benutzung öffnet es wieder.
# en: 33400edb
error-api-forbidden = Deine Administration lässt die lokale Schnittstelle nicht zu.
    .remedy = Frag dort nach; `sottovoce policy show` zeigt, was festgelegt ist.
# en: 9b88f3a9
error-api-off = Die lokale Schnittstelle ist aus.
    .remedy = Schalte sie ein mit `sottovoce settings set api true`, oder starte `sottovoce api serve`.
# en: 3eff0c5e
error-api-not-local = Die lokale Schnittstelle ist nur für diesen Rechner da.
    .remedy = Lass die Adresse weg, oder nimm 127.0.0.1 oder ::1.
# en: c0da6a16
error-api-unservable = Die lokale Schnittstelle lässt sich nicht öffnen.
    .remedy = Wähle einen anderen Port mit `sottovoce settings set api_port NUMMER`.
# en: 6ae017c4
error-api-unservable-why = Die lokale Schnittstelle lässt sich unter { $address } nicht öffnen: { $why }.
    .remedy = Wähle einen anderen Port mit `sottovoce settings set api_port NUMMER`.
# en: 6377c4f5
error-api-key-missing = Dafür braucht es einen Schlüssel.
    .remedy = Schicke einen als `Authorization: Bearer SCHLÜSSEL`; `sottovoce api key create NAME` erstellt einen.
# en: d3886c95
error-api-key-unknown = Das ist kein Schlüssel, der hier bekannt ist.
    .remedy = `sottovoce api key list` zeigt, welche es gibt.
# en: e11a9f72
error-api-key-revoked = Dieser Schlüssel wurde widerrufen.
    .remedy = Erstelle einen neuen mit `sottovoce api key create NAME`.
# en: aee05c71
error-api-key-expired = Dieser Schlüssel ist abgelaufen.
    .remedy = Erstelle einen neuen mit `sottovoce api key create NAME`.
# en: 77a4b8a3
error-api-scope-missing = Dieser Schlüssel erlaubt das nicht.
    .remedy = Erstelle einen, der es erlaubt: `sottovoce api key create NAME --scope WAS`.
# en: 7f1951e1
error-api-scope-missing-which = Dieser Schlüssel erlaubt das nicht: Ihm fehlt { $scope }.
    .remedy = Erstelle einen, der es hat: `sottovoce api key create NAME --scope { $scope }`.
# en: 7517c55e
error-api-host-foreign = Diese Anfrage gilt einem anderen Rechner.
    .remedy = Schicke sie an 127.0.0.1 oder localhost und an den Port, den `sottovoce api status` nennt.
# en: 9c2749c9
error-api-origin-foreign = Webseiten dürfen hier nichts fragen.
    .remedy = Frag aus einem eigenen Programm, das keine Kopfzeile Origin schickt.
# en: 8f5baf64
error-api-not-there = Unter diesem Pfad antwortet nichts.
    .remedy = /api/v1/openapi.json beschreibt alles, was es gibt.
# en: d73a61f5
error-api-method-wrong = Dieser Pfad nimmt eine andere Methode.
    .remedy = Die Kopfzeile Allow nennt sie.
# en: 74f6d91b
error-api-request-wrong = Diese Anfrage lässt sich nicht lesen.
    .remedy = /api/v1/openapi.json beschreibt die Form einer jeden.
# en: 5679acd8
error-api-too-large = Diese Anfrage ist zu groß.
    .remedy = Schicke weniger auf einmal.
# en: a2670557
error-api-too-slow = Diese Anfrage kam zu langsam an.
    .remedy = Schicke sie noch einmal, in einem Zug.
# en: c7a7b0c5
error-api-too-many = Es waren zu viele Anfragen.
    .remedy = Versuche es nach so vielen Sekunden wieder, wie Retry-After nennt.
# en: 58891b09
error-api-busy = Der Assistent ist beschäftigt.
    .remedy = Versuche es nach so vielen Sekunden wieder, wie Retry-After nennt.
# en: bf65d5ec
error-not-running = Sottovoce läuft nicht.
    .remedy = Starte es mit `sottovoce`, dann versuche es noch einmal.
# en: 9705d428
error-app-silent = Sottovoce läuft, antwortet aber nicht.
    .remedy = Warte einen Moment und versuche es noch einmal; wenn das so bleibt, beende es und starte es neu.
# en: 87558afc
error-settings-unusable = settings.toml lässt sich nicht verwenden.
    .remedy = Berichtige die Datei oder lege sie woandershin, um mit den Voreinstellungen zu beginnen.
# en: 9ed83a18
error-setting-locked = Diese Einstellung hat deine Administration festgelegt.
    .remedy = Geändert wurde nichts; `sottovoce policy show` zeigt, was festgelegt ist.
# en: a1fcc45d
error-places-unusable = Der Ordner von Sottovoce lässt sich nicht verwenden.
    .remedy = Nimm einen eigenen Ordner, in den du schreiben kannst.
# en: b45466f8
error-screen-missing = Es gibt keinen Bildschirm, auf dem sich die Anwendung zeigen könnte.
    .remedy = Starte sie in einer Desktop-Sitzung, oder versuche `sottovoce demo`, das keine braucht.
# en: bc3c1a2e
error-library-missing = Eine Bibliothek, die Fenster brauchen, fehlt.
    .remedy = Installiere die Bibliotheken deines Systems, die Qt 6 braucht.
# en: 5c8d968b
error-still-running = Sottovoce läuft.
    .remedy = Beende es zuerst (`sottovoce quit`), dann versuche es noch einmal.
# en: 72c62a8d
error-not-confirmed = Es wurde nichts getan.
    .remedy = Antworte mit „ja“, wenn du gefragt wirst, oder gib --yes mit.
# en: 9685f49e
error-interrupted = Das wurde unterbrochen, bevor es fertig war.
    .remedy = Versuche es noch einmal.
# en: be0d8566
error-too-much = Das ist mehr, als sich auf einmal mit der laufenden Anwendung austauschen lässt.
    .remedy = Gib oder verlang weniger (etwa mit --limit) oder beende zuerst die Anwendung.
# en: de01cdfa
error-output-unwritable = Die Ausgabe konnte nicht geschrieben werden.
    .remedy = Sieh nach, ob dort Platz ist, wohin sie geht, und versuche es noch einmal.
# en: 77776ead
error-not-found = Etwas mit diesem Namen gibt es nicht.
    .remedy = Lass dir zuerst aufzählen, was es gibt.
# en: b2477216
error-id-of-several = So beginnen { $count } IDs.
    .remedy = Gib mehr von der an, die du meinst: Eine Liste zeigt sie ganz.
# en: b48f777f
error-demo-failed = Die Vorführung ist nicht so ausgegangen, wie sie muss.
# en: c88fe3d7
error-store-emptied = Die Datenbank ist leer (0 Byte); sie wurde nicht angerührt.
    .remedy = Hole sottovoce.db aus einer Sicherung zurück; stand nie etwas darin, lege sie woandershin, um neu anzufangen.
# en: f34e553b
error-store-remnant = Die Datenbank fehlt, obwohl ihr Schreibprotokoll (WAL) da ist.
    .remedy = Hole sottovoce.db zurück; um neu anzufangen, lege sottovoce.db-wal und sottovoce.keys woandershin.
# en: 573efd81
error-store-unreachable = sottovoce.db oder sottovoce.keys ist ein Verweis auf einen Ort, den es gerade nicht gibt.
    .remedy = Hänge den Datenträger ein, auf den er verweist, und starte neu; geändert wurde nichts.
# en: 8afbae5e
error-store-remains = Die Datenbank und ihre Schlüsseldatei fehlen, aber andere Dateien eines Datenordners sind hier.
    .remedy = Hole beide zurück oder stelle eine Sicherung wieder her (`sottovoce backup restore DATEI`, siehe `backups/`); um neu anzufangen, lege diese woandershin: backups/, replaced-…/ und alle Dateien sottovoce.*.
# en: ad299319
error-nobody-to-ask =
    .remedy = Gib --yes mit, oder ruf den Befehl in einem Terminal auf und antworte mit „ja“.

# Modelle holen: der Server, das Archiv, der Ordner der Modelle.
# en: 566962bc
error-download-list-too-long = Die Liste der Modelle, die kam, ist viel zu lang.
# en: b0f0a30d
error-download-no-list = Was kam, ist keine Liste von Modellen.
# en: 90bf4129
error-download-offer-too-large = Die Datei, die der Server anbietet, ist viel größer, als die Liste sagt.
# en: 7e0bf9c7
error-download-too-much = Der Server sendet viel mehr, als die Liste sagt.
# en: f7ba0c1d
error-download-sent-elsewhere = Der Server der Modelle schickt uns an eine Adresse, die nicht gefragt werden darf.
# en: 6fc03c2b
error-download-sent-in-a-circle = Der Server der Modelle schickt uns im Kreis.
# en: 4dee0c4c
error-download-not-now = Der Server der Modelle kann die Datei gerade nicht herausgeben ({ $status }).
# en: fcd0c9be
error-download-not-given = Der Server der Modelle gibt die Datei nicht heraus ({ $status }).
# en: c58f00f6
error-download-in-another-form = Der Server der Modelle sendet die Datei in einer Form, die nicht verlangt war.
# en: 0b324dd6
error-download-web-page = Was kam, ist eine Webseite, nicht die Datei.
    .remedy = Vielleicht verlangt das Netz zuerst eine Anmeldung: Öffne irgendeine Seite, dann versuche es noch einmal.
# en: 44f9d8c8
error-download-address = Unter der Adresse der Datei lässt sich nicht nachfragen.
# en: 6b014f71
error-download-no-checksum = Für dieses Modell ist keine Prüfsumme veröffentlicht.
    .remedy = Hole es von einer Stelle, der du traust, und gib die Datei an `sottovoce models import DATEI`.
# en: e56fc755
error-models-full-for-one = Auf dem Datenträger ist zu wenig Platz: Das Modell „{ $model }“ braucht eine Zeit lang etwa { $need_mb } MB, und { $free_mb } MB sind frei.
# en: b602ff8a
error-models-unusable = Der Ordner der Modelle lässt sich nicht verwenden ({ $why }).
# en: 5fe39d12
error-models-unreadable = Der Ordner { $folder } lässt sich nicht lesen ({ $why }).
# en: 1b869eb1
error-models-list-not-kept = Die Liste der Modelle lässt sich nicht aufbewahren ({ $why }).
# en: f1de627f
error-models-not-unpacked = Das Modell lässt sich nicht entpacken ({ $why }).
# en: 728fbe09
error-models-forbidden-one = Deine Administration erlaubt nicht, das Modell „{ $model }“ zu installieren.
# en: dd0d87ff
error-models-forbidden-all = Deine Administration erlaubt nicht, Modelle zu holen.
# en: a253fce4
error-model-not-installed = Das Modell wurde nicht installiert.
# en: 91976f09
error-model-install-ended = Das Modell wurde nicht installiert.
    .remedy = Gib denselben Befehl noch einmal ein: Ein begonnener Download geht weiter.
# en: aa7baa19
error-model-not-removed = Das Modell „{ $model }“ lässt sich nicht entfernen ({ $why }).
# en: 7ab748aa
error-model-is-something-else = „{ $model }“ ist { $what } und lässt sich hier nicht verwenden.
# en: 4304b0d1
error-model-is-unknown = „{ $model }“ ist kein bekanntes Modell und lässt sich hier nicht verwenden.
# en: 8d1fa345
error-model-there-already = Ein Modell „{ $model }“ ist schon installiert.
# en: 224b25d4
error-model-there-before = Ein Modell „{ $model }“ ist schon installiert.
    .remedy = Entferne es zuerst: `sottovoce models remove { $model }`.
# en: e4c2803f
error-model-not-here = Im Ordner der Modelle gibt es kein Modell „{ $model }“.
# en: 7e02b3c5
error-model-not-listed = In der Liste gibt es kein Modell „{ $model }“.
# en: 8219ee03
error-model-gone-meanwhile = Das Modell „{ $model }“ wurde inzwischen entfernt.
# en: 32eff60e
error-archive-not-there = Es gibt keine Datei und keinen Ordner { $path }.
    .remedy = Prüfe den Namen.
# en: 0f8e1d2a
error-archive-empty = „{ $model }“ enthält keine Dateien.
# en: bb693222
error-archive-special-file = „{ $model }“ ist weder eine gewöhnliche Datei noch ein Ordner.
# en: 4f74af46
error-archive-no-archive = „{ $model }“ ist kein Archiv, das sich hier entpacken lässt.
# en: 7c752431
error-archive-too-many-files = Dieses Archiv enthält weit mehr Dateien als jedes Modell.
# en: 9afa17af
error-archive-path-from-root = Dieses Archiv enthält einen Pfad, der ganz oben im Dateisystem beginnt.
# en: 18ba1702
error-archive-path-too-long = Dieses Archiv enthält einen zu langen Pfad.
# en: ee4ef0a3
error-archive-name-twice = Dieses Archiv enthält zwei Dateien mit demselben Namen.
# en: 8637e6e9
error-archive-file-in-file = Dieses Archiv enthält eine Datei in einer Datei.
# en: b7cf34cd
error-archive-path-leads-out = Dieses Archiv enthält einen Pfad, der aus seinem Ordner hinausführt.
# en: ff1d87c6
error-archive-name-signs = Dieses Archiv enthält einen Namen mit Zeichen, die nicht überall in Dateinamen erlaubt sind.
# en: 44df9d3f
error-archive-name-of-device = Dieses Archiv enthält einen Namen, der unter Windows ein Gerät bezeichnet oder gar nicht geht.
# en: 48e176ef
error-archive-name-too-long = Dieses Archiv enthält einen zu langen Namen.
# en: 571311a8
error-archive-cut-off = Dieses Archiv ist abgeschnitten.
# en: 20a90952
error-archive-too-large = Dieses Archiv würde beim Entpacken weit größer als jedes Modell.
# en: b7b9f2ff
error-archive-locked = Dieses Archiv ist durch ein Passwort geschützt.
# en: 2f25bc33
error-archive-packed-otherwise = Dieses Archiv ist auf eine Weise gepackt, die sich hier nicht entpacken lässt.
# en: 0a15c4ee
error-archive-no-plain-file = Dieses Archiv enthält einen Verweis, ein Gerät oder etwas anderes, das keine Datei ist.
# en: 4b187e00
error-archive-overlapping = Dieses Archiv enthält Dateien, die ineinander liegen.
# en: b15d6af8
error-archive-folder-no-plain-file = Dieser Ordner enthält etwas, das weder eine Datei noch ein Ordner ist.
# en: 76d2ace7
error-archive-name-no-utf8 = Dieses Archiv enthält einen Namen, der kein UTF-8 ist.
# en: 05306d9f
error-archive-folder-too-many-files = Dieser Ordner enthält weit mehr Dateien als jedes Modell.
# en: 117c327d
error-archive-folder-link = Dieser Ordner enthält einen Verweis auf einen anderen Ordner.
# en: 146efa07
error-archive-header-too-large = Dieses Archiv enthält einen viel zu großen Kopf.

# Warum eine Datei nicht zu gebrauchen ist, mitten im Satz; wo hier nichts zum Code steht, mit den Worten des Systems.

# en: 0bb868e6
error-why = { $code ->
    [EACCES] keine Berechtigung
    [EBUSY] gerade in Gebrauch
    [EDQUOT] der erlaubte Platz ist verbraucht
    [EEXIST] gibt es schon
    [EFBIG] zu groß
    [EINVAL] geht hier nicht
    [EIO] Lese- oder Schreibfehler des Datenträgers
    [EISDIR] das ist ein Ordner
    [ELOOP] ein Verweis im Kreis
    [EMFILE] zu viele offene Dateien
    [EMLINK] zu viele Verweise
    [ENAMETOOLONG] der Name ist zu lang
    [ENFILE] zu viele offene Dateien
    [ENODEV] das Gerät ist nicht da
    [ENOENT] nicht vorhanden
    [ENOSPC] kein Platz mehr
    [ENOTDIR] kein Ordner
    [ENOTEMPTY] der Ordner ist nicht leer
    [ENXIO] das Gerät ist nicht da
    [EPERM] nicht erlaubt
    [EROFS] schreibgeschützter Datenträger
    [ESTALE] auf dem Server nicht mehr vorhanden
    [ETIMEDOUT] keine Antwort in der Zeit
    [ETXTBSY] gerade in Gebrauch
    [EXDEV] liegt auf einem anderen Datenträger
   *[other] { $words }
}
# en: 25fabd56
error-why-kind = nicht von der erwarteten Art
# en: cd728eb2
error-why-no-plain-file = keine gewöhnliche Datei
# en: 9e1e9257
error-why-too-large = viel zu groß

# Teile der Umgebung: Dateien und Ordner, Klang, Modelle, Server.

# en: d5687436
error-escrow-unwritable-there = Der Wiederherstellungscode lässt sich nicht in { $folder } ablegen, wie es die Richtlinie verlangt ({ $why }).
# en: 05db0263
error-escrow-key-wrong-none = Dieser Code ist für den Schlüssel { $to } versiegelt, und es wurde kein privater Schlüssel angegeben.
# en: aa37f4a1
error-escrow-key-wrong-other = Dieser Code ist für den Schlüssel { $to } versiegelt, und angegeben ist { $given }.
# en: 3bc1cc46
error-escrow-key-wrong-altered = Was in dieser Datei versiegelt ist, wurde verändert und lässt sich nicht öffnen.
# en: fd218c16
error-escrow-unreadable-file = Die Datei { $path } lässt sich nicht lesen ({ $why }).
# en: 2155aac4
error-escrow-unreadable-key = Die Datei { $path } enthält keinen privaten X25519-Schlüssel ohne Passwort.
    .remedy = Gib die Datei an, die `sottovoce key escrow new DATEI` erstellt hat.
# en: d4a9c209
error-places-unusable-new-file = Die Datei { $path } lässt sich nicht anlegen ({ $why }).
    .remedy = Nenne eine andere Datei.
# en: 70de0f31
error-places-unusable-there = Eine Datei { $name } gibt es schon.
    .remedy = Nenne eine andere Datei.
# en: 1a28b085
error-places-unusable-unwritable = Die Datei { $name } lässt sich nicht schreiben ({ $why }).
    .remedy = Nenne eine andere Datei.
# en: 1bdbe2be
error-places-unusable-no-user = Der Ordner { $folder } lässt sich nicht verwenden (dieses Benutzerkonto gibt es nicht).
# en: 3f259e32
error-places-unusable-folder = Der Ordner { $folder } lässt sich nicht verwenden ({ $why }).
# en: b6d5b20f
error-places-unusable-file = Die Datei { $path } lässt sich nicht verwenden ({ $why }).
    .remedy = Verschiebe sie, oder mach sie zu einer einfachen eigenen Datei in einem Ordner, in den du schreiben kannst.
# en: 623f085e
error-places-unusable-exposed = Der Ordner { $folder } liegt unter { $above }, wo jedes Benutzerkonto einen anderen an seine Stelle setzen kann.
# en: 2614af88
error-places-unusable-no-folder = { $folder } ist kein Ordner.
# en: 2e66a22f
error-places-unusable-others = Der Ordner { $folder } gehört einem anderen Benutzerkonto.
# en: a7d1320e
error-places-unusable-writable = In den Ordner { $folder } können andere Benutzerkonten schreiben.
# en: 2d10689b
error-places-unusable-open = Der Ordner { $folder } ist für andere Benutzerkonten offen und enthält Dateien, die nicht von Sottovoce sind.
# en: a1ccb89b
error-places-unusable-unclosable = Der Ordner { $folder } ist für andere Benutzerkonten offen, und sein Datenträger kann ihn nicht schließen: Lege ihn auf einen anderen.
# en: 412206ef
error-places-unusable-no-sockets = Auf diesem System gibt es keine lokalen Sockets.
    .remedy = Aktualisiere dein System: Es muss Unix-Sockets bieten.
# en: 170b3ca7
error-places-unusable-socket = Der Socket { $path } lässt sich nicht anlegen ({ $why }).
    .remedy = Verschiebe, was an seiner Stelle liegt, und nimm dafür einen eigenen Ordner, in den du schreiben kannst.
# en: 0872bc3e
error-screen-missing-folder = Nichts hier kann einen Ordner zeigen.
    .remedy = Lege deine Dateien auf andere Weise in { $folder }.
# en: b1ad70f6
error-keyring-failed-closed = Der Schlüsselbund wurde geschlossen.
    .remedy = Starte Sottovoce neu.
# en: 71d3f032
error-too-much-crowded = Zu viele Programme fragen Sottovoce auf einmal.
    .remedy = Versuche es gleich noch einmal.
# en: 246dfeb8
error-interrupted-quit = Sottovoce wurde beendet, bevor es geantwortet hatte.
# en: 55ff3d82
error-usage-wrong-no-request = Das ist keine Anfrage.
# en: e04e199b
error-language-model-missing-there = Das Sprachmodell auf { $where } ist nicht zu erreichen.
# en: 7f8ff938
error-language-model-silent-there = Das Sprachmodell auf { $where } hat nicht rechtzeitig geantwortet.
# en: f0a8809c
error-language-model-failed-there = Der Server des Sprachmodells auf { $where } ist beim Antworten ausgefallen.
# en: 540ee426
error-language-model-busy-there = Das Sprachmodell auf { $where } nimmt gerade keine Frage an.
# en: 3e5d70e8
error-language-model-busy-asked = Das Sprachmodell auf { $where } wird gerade zu viel gefragt.
# en: 1a303a38
error-language-model-busy-loading = Das Sprachmodell auf { $where } wird noch geladen.
# en: 37c0c626
error-language-model-refused-there = Der Server des Sprachmodells auf { $where } hat die Frage abgelehnt ({ $status }).
# en: d947b22f
error-language-model-refused-key = Der Server des Sprachmodells auf { $where } hat die Frage abgelehnt ({ $status }).
    .remedy = Er verlangt einen Schlüssel, was noch nicht geht; nenne in den Einstellungen einen Server ohne.
# en: e9c80449
error-language-model-refused-address = Der Server des Sprachmodells auf { $where } hat die Frage abgelehnt ({ $status }).
    .remedy = Prüfe seine Adresse (die meisten enden auf /v1) und den Namen des Modells in den Einstellungen.
# en: 0d0036d7
error-language-model-refused-name = Der Server des Sprachmodells auf { $where } hat kein Modell namens { $model }.
    .remedy = Berichtige oder leere den Namen des Modells in den Einstellungen.
# en: 5a9c37b4
error-language-model-refused-page = Was auf { $where } antwortet, ist eine Webseite, kein Sprachmodell.
    .remedy = Prüfe seine Adresse in den Einstellungen: Die meisten enden auf /v1, und vielleicht verlangt das Netz zuerst eine Anmeldung.
# en: 9fe894ca
error-microphone-missing-named = Das Mikrofon aus den Einstellungen ist nicht da.
    .remedy = Schließe es an oder nenne in den Einstellungen unter `microphone` ein anderes (oder keines), dann drücke noch einmal.
# en: c5f02e3f
error-microphone-missing-named-others = Das Mikrofon aus den Einstellungen ist nicht da.
    .remedy = Schließe es an oder nenne in den Einstellungen unter `microphone` ein anderes (oder keines), dann drücke noch einmal. Es gibt: { $there }.
# en: 279089cc
error-microphone-missing-no-answer = Das Klangsystem antwortet nicht.
    .remedy = Starte es neu, oder melde dich ab und wieder an, dann drücke noch einmal.
# en: 66b9b215
error-microphone-missing-monitors = Es wurde kein Mikrofon gefunden: Das Klangsystem bietet nur an, was der Lautsprecher spielt.
# en: b8b6b962
error-microphone-missing-alsa = Es lässt sich kein Ton aufnehmen: Die Konfiguration von ALSA nennt kein Gerät.
    .remedy = Suche in ~/.asoundrc nach einem Fehler, dann drücke noch einmal.
# en: 4499bb45
error-microphone-missing-portaudio = Es lässt sich kein Ton aufnehmen: PortAudio ist nicht installiert.
    .remedy = Installiere das Paket libportaudio2, dann versuche es noch einmal.
# en: a839455b
error-microphone-missing-plugin = Der Klangserver läuft, aber über ALSA kommt kein Programm zu ihm: Seine Erweiterung ist nicht installiert.
    .remedy = Installiere das Paket pipewire-alsa (PipeWire) oder libasound2-plugins (PulseAudio; unter Fedora alsa-plugins-pulseaudio), dann versuche es noch einmal.
# en: ad9e49b1
error-no-loudspeaker = Die Aufnahme lässt sich nicht abspielen: Es gibt keinen Lautsprecher.
    .remedy = Schließe einen an, dann versuche es noch einmal.
# en: 33012d2c
error-part-recording = Die Aufnahme
# en: 70a2b25d
error-recording-unusable-folder = „{ $name }“ ist ein Ordner, keine Aufnahme.
# en: 41fb3cf1
error-recording-unusable-no-file = „{ $name }“ ist keine Datei.
# en: 1abb78c7
error-recording-unusable-cut-short = „{ $name }“ ist abgeschnitten: Ein Teil des Tons fehlt.
    .remedy = Kopiere sie noch einmal oder nimm sie neu auf, vollständig.
# en: 6caf0f41
error-recording-unusable-missing = Es gibt keine Datei „{ $name }“.
    .remedy = Prüfe den Namen und den Ordner.
# en: 2bcc3e8f
error-recording-unusable-forbidden = „{ $name }“ darf nicht gelesen werden.
    .remedy = Gib dir die Berechtigung, sie zu lesen.
# en: 6681ca42
error-recording-unusable-unreadable = „{ $name }“ lässt sich nicht lesen.
    .remedy = Prüfe die Datei und ihren Datenträger.
# en: 033eae31
error-recording-unusable-empty = „{ $name }“ ist leer.
# en: 5cbe7152
error-recording-unusable-kind = „{ $name }“ ist keine Tondatei, die sich lesen lässt.
# en: 3a01b110
error-recording-unusable-damaged = „{ $name }“ ist keine Tondatei, die sich lesen lässt: Sie ist beschädigt oder abgeschnitten.
# en: 8538b669
error-recording-unusable-rate = „{ $name }“ hat { $rate } Abtastwerte in der Sekunde; das ist keine Sprache.
    .remedy = Nimm sie mit 16.000 Hz oder mehr auf.
# en: d7ec1f65
error-recording-unusable-no-sound = „{ $name }“ enthält keinen Ton.
# en: b42ab2c5
error-recording-unusable-long = { $hours ->
    [one] „{ $name }“ ist länger als eine Stunde.
   *[other] „{ $name }“ ist länger als { $hours } Stunden.
}
    .remedy = Schneide sie in kürzere Aufnahmen.
# en: 21cbda5e
error-voice-missing-player = Antworten können nicht gesprochen werden: Das Programm aplay ist nicht installiert.
    .remedy = Installiere das Paket alsa-utils; bis dahin werden Antworten gezeigt.
# en: c47873eb
error-voice-missing-espeak = Text lässt sich nicht in Ton verwandeln: Das Programm espeak-ng ist nicht installiert.
    .remedy = Installiere das Paket espeak-ng, dann versuche es noch einmal.
# en: 8826520f
error-voice-lost-plugin = Die Stimme war nicht abzuspielen: Der Klangserver läuft, aber seine Erweiterung für ALSA ist nicht installiert.
    .remedy = Installiere das Paket pipewire-alsa (PipeWire) oder libasound2-plugins (PulseAudio; unter Fedora alsa-plugins-pulseaudio); Antworten werden solange angezeigt.
# en: 6112c6c9
error-voice-lost-unplayed = Die Stimme ließ sich nicht abspielen.
    .remedy = Sieh nach, ob eine Tonausgabe da und nicht stumm geschaltet ist.
# en: e2d0724d
error-voice-lost-espeak = Das Programm espeak-ng hat versagt.
    .remedy = Ruf es von Hand auf, um zu sehen, was es meldet.
# en: a760b55e
error-voice-lost-list = Die Sprachausgabe hat nicht gemeldet, welche Stimmen sie hat.
    .remedy = Versuche es gleich noch einmal.
# en: 1f97e385
error-voice-unknown-tried = Diese Stimme ist nicht installiert.
    .remedy = Wähle eine andere.
# en: f0633ce4
error-model-missing-file = „{ $name }“ ist eine Datei und kein Ordner eines Spracherkennungsmodells.
    .remedy = Ein Archiv kommt mit `sottovoce models import DATEI` hinein.
# en: 3f487f75
error-model-missing-folder = Es gibt keinen Modellordner „{ $name }“.
# en: 55b4390b
error-model-missing-no-name = Die Einstellung `model` ist kein Name eines Ordners.
# en: bb43dd4f
error-model-missing-elsewhere = Die Einstellung `model` nennt keinen Ordner unter models/.
# en: 661ecb66
error-model-foreign-folder = Der Ordner „{ $name }“ ist { $what } und lässt sich hier nicht verwenden.
# en: 65147cf2
error-model-broken-lacks = Dem Spracherkennungsmodell „{ $model }“ fehlt die Datei { $file }.
# en: 7caa2573
error-model-broken-file = Das Spracherkennungsmodell „{ $model }“ hat eine Datei, die sich nicht lesen lässt: { $file }.
# en: 1817c0e0
error-model-broken-empty = Das Spracherkennungsmodell „{ $model }“ hat eine leere Datei: { $file }.
# en: 3dfb2e65
error-model-broken-cut-off = Das Spracherkennungsmodell „{ $model }“ hat eine Datei, die zu früh endet: { $file }.
# en: ece72fee
error-model-broken-unreadable = Das Spracherkennungsmodell „{ $model }“ lässt sich nicht lesen.
# en: a08faccd
error-model-broken-untried = Das Spracherkennungsmodell „{ $model }“ ist beschädigt oder von keiner Art, die sich verwenden lässt.
# en: def28502
error-update-forged-unsigned = Die Auskunft über neue Versionen, die kam, ist nicht signiert.
# en: eeb350b1
error-update-forged-unreadable = Die Signatur der Auskunft über neue Versionen lässt sich nicht lesen.
# en: af8c14a8
error-update-forged-key = Die Auskunft über neue Versionen, die kam, ist mit einem anderen Schlüssel signiert als dem genannten.
# en: 3944a4ae
error-update-refused-broken = Die Verbindung zum Server für neue Versionen ist abgerissen.
# en: 00740363
error-update-refused-elsewhere = Der Server für neue Versionen schickt uns an eine andere Adresse, die nicht genannt war.
# en: 107e8203
error-update-refused-status = Der Server für neue Versionen gibt keine Auskunft ({ $status }).
# en: d29a5b01
error-update-refused-long = Was der Server für neue Versionen sendet, ist viel zu lang.

# Die Taste zum Sprechen.
# en: 7a8dd9e6
error-hotkey-not-on-keyboards = Tastaturen haben hier keine Taste namens { $key }.
# en: 51e04274
error-hotkey-not-on-this-keyboard = Diese Tastatur hat keine Taste namens { $key }.
# en: d071f48a
error-hotkey-no-such-modifier = Keine Taste dieser Tastatur wirkt zurzeit als { $modifier }.
# en: 17c4c168
error-hotkey-right-alt = Die rechte Alt-Taste dieser Tastatur wählt Zeichen (AltGr) und lässt sich deshalb nicht nehmen.
    .remedy = Wähle in den Einstellungen eine andere Taste, etwa RightCtrl oder Ctrl+Alt+Space.
# en: 897ee0d1
error-hotkey-keyboard-silent = Die Tastatur des Systems antwortet nicht.
# en: bb759d81
error-hotkey-server-silent = Der X-Server antwortet nicht.
# en: f98355c5
error-hotkey-taken-by-somebody = Ein anderes Programm benutzt { $key } schon; welches, sagt X nicht.
# en: 8f2f94bd
error-hotkey-taken-by-program = { $program } benutzt { $key } schon: siehe { $file }.
# en: 83ae4e33
error-hotkey-taken-by-desktop = { $program } benutzt { $key } schon: siehe die Tastatureinstellungen des Desktops.

# Modelle, die da sind.
# en: 78fa0b90
error-model-not-loaded = Das Spracherkennungsmodell „{ $model }“ lässt sich nicht laden.
# en: b8727965
error-model-not-decoding = Das Spracherkennungsmodell konnte diese Aufnahme nicht verarbeiten.
# en: 980a7bdc
error-model-open-not-loaded = Das Modell für freies Sprechen lässt sich nicht laden; verstanden werden nur die Wörter von Befehlen.
    .remedy = Installiere Sottovoce noch einmal; `sottovoce doctor` sagt mehr.
# en: b31d599e
error-model-activity-not-loaded = Was Sprache von Geräusch unterscheidet, lässt sich nicht laden; aus Geräusch können Wörter werden.
    .remedy = Installiere Sottovoce noch einmal; `sottovoce doctor` sagt mehr.
# en: 9ebdedda
error-embedder-file-damaged = Erinnerungen lassen sich nicht nach ihrem Sinn suchen: Die Datei { $file } ist beschädigt.
# en: 498d9d84
error-embedder-not-loaded = Erinnerungen lassen sich nicht nach ihrem Sinn suchen: onnxruntime lässt sich nicht laden.

# Woran sich erinnert wird.
# en: 75c43576
error-erased-meanwhile = Das wurde im selben Augenblick gelöscht, deshalb ist nichts davon aufbewahrt.
    .remedy = Sag es noch einmal, wenn es aufbewahrt werden soll.
# en: 6b2c42fd
error-knowledge-gone-many = { $gone } von { $known } Dateien sind aus dem Wissensordner verschwunden.
# en: 5f250287
error-question-under-way = Diese Frage wird gerade beantwortet.
    .remedy = Warte auf die Antwort.
# en: f4ebab69
error-question-not-waiting = Diese Frage wartet auf keine Antwort mehr.
    .remedy = Sieh in `sottovoce history unfinished` nach.
# en: 3e4c8e0b
error-memory-not-there = Eine Erinnerung mit dieser ID gibt es nicht.
    .remedy = Sieh in `sottovoce memory list` nach.
# en: 0eca180b
error-memory-too-long = Das ist zu lang, um es sich zu merken.
    .remedy = Sag es in höchstens { NUMBER($most) } Zeichen.
# en: 14d53171
error-context-not-to-be-set = Von wem ein Kontext ist und welche Version er hat, lässt sich nicht festlegen.
# en: 4e7862df
error-context-no-such-field = Ein Kontext hat kein solches Feld.
    .remedy = Sieh in `sottovoce context show` nach.
# en: e07e1bf8
error-user-name = Ein Name ist Text mit 1 bis { $most } Zeichen.
    .remedy = Nimm einen anderen Namen.

# Offene Daten.
# en: 6b26b9a4
error-no-question-waits = Keine Frage wartet mehr auf ihre Antwort.
    .remedy = Frag noch einmal, wenn du es noch wissen willst.
# en: fe51d34b
error-still-starting-asks = Sottovoce startet und fragt in seinem Fenster nach einem Geheimnis.
    .remedy = Antworte dort (`sottovoce show` holt es nach vorn), oder ruf `sottovoce quit` auf.
# en: 7c071711
error-escrow-unwritable-silent = Der Ordner { $folder } antwortet nicht, deshalb ließ sich kein Code darin ablegen.
# en: 71f8ac30
error-upkeep-due-backup = { $last ->
    [none] Dieser Datenbestand ist zu groß, um am Ende eines Befehls gepflegt zu werden: Es gibt noch keine Sicherung.
   *[other] Dieser Datenbestand ist zu groß, um am Ende eines Befehls gepflegt zu werden: Die letzte Sicherung ist vom { $last }.
}
# en: 8c55b5bc
error-upkeep-due-unfinished = Dieser Datenbestand ist zu groß, um am Ende eines Befehls gepflegt zu werden: Was gelöscht wurde oder zu alt ist, steht noch in Dateien und Sicherungen.
# en: a7750a3f
error-upkeep-due-both = { $last ->
    [none] Dieser Datenbestand ist zu groß, um am Ende eines Befehls gepflegt zu werden: Es gibt noch keine Sicherung, und was gelöscht wurde oder zu alt ist, steht noch in Dateien und Sicherungen.
   *[other] Dieser Datenbestand ist zu groß, um am Ende eines Befehls gepflegt zu werden: Die letzte Sicherung ist vom { $last }, und was gelöscht wurde oder zu alt ist, steht noch in Dateien und Sicherungen.
}

# Einstellungen, Richtlinien, Passphrasen, Kontexte und Veröffentlichungen.

# en: 5a8093db
error-settings-unusable-mistakes = In { $file } sind Fehler: { $mistakes }.
# en: edcf7880
error-settings-unusable-value = { $mistake }.
    .remedy = `sottovoce settings list` zeigt, was sich einstellen lässt.
# en: c4885d95
error-settings-unusable-toml = { $file } ist kein gültiges TOML ({ $place }).
# en: e1fc7074
error-settings-unusable-unread = { $file } lässt sich nicht lesen: { $why }.
# en: d7cfada3
error-settings-unusable-unknown = { $file } lässt sich nicht lesen: Darin steht, was keine Einstellung ist.
# en: 7c5afb24
error-settings-unusable-unchanged = { $file } ließ sich nicht ändern: { $why }.
# en: 0634506d
error-place-line = in Zeile { $line }, Spalte { $column }
# en: 038d9a68
error-place-end = am Ende der Datei
# en: 85a4a2b7
error-place-unknown = irgendwo
# en: 59943e1b
error-why-no-utf8 = kein Text in UTF-8 ({ $place })
# en: 9c4b4de3
error-why-no-toml = kein gültiges TOML ({ $place })
# en: abb22c6e
error-policy-unusable-mistakes = In der Richtliniendatei { $file } sind Fehler: { $mistakes }.
# en: fc8d1541
error-policy-unusable-folder = Der Richtlinienordner { $folder } lässt sich nicht lesen: { $why }.
# en: c4ad5b30
error-policy-unusable-file = Die Richtliniendatei { $file } lässt sich nicht lesen: { $why }.
# en: 80d0490e
error-policy-unusable-json = Die Richtliniendatei { $file } ist kein gültiges JSON.
# en: 550461bd
error-policy-unusable-preferences = Die verwalteten Einstellungen { $file } lassen sich nicht lesen: { $why }.
# en: 7d9aa2e6
error-policy-unusable-list = Die verwalteten Einstellungen { $file } sind keine Property List.
# en: d471eadf
error-policy-unusable-registry = Der Richtlinienschlüssel { $key } lässt sich nicht lesen.
# en: 909a2d30
error-passphrase-weak-short = Eine Passphrase braucht mindestens { $least } Zeichen.
# en: ddf265e2
error-passphrase-weak-long = Eine Passphrase hat höchstens { $most } Zeichen.
# en: 0fd2dc94
error-passphrase-weak-kinds = Eine Passphrase braucht mindestens { $least } verschiedene Zeichen.
# en: 808b0c6c
error-context-misfit = { $mistake }.
    .remedy = Sieh in `sottovoce context show` nach.
# en: d7ad9f3c
error-update-old-since = Die Auskunft über neue Versionen, die kam, galt nur bis { $until }.
# en: a79a54f1
error-places-unusable-unnoted = Dass der Code aufbewahrt ist, ließ sich nicht vermerken ({ $why }).
    .remedy = Sieh nach, ob auf dem Datenträger Platz ist und du in die Ordner von Sottovoce schreiben kannst, dann bestätige den Code noch einmal.
# en: 5f44748a
error-store-failed-file = Eine Datei der Datenbank ließ sich nicht verwenden ({ $why }).
# en: f68ada72
error-store-read-only-file = Die Datei { $name } lässt sich nicht schreiben ({ $why }).
    .remedy = Mach { $path } für dein Benutzerkonto beschreibbar und versuche es noch einmal; geändert wurde nichts.
# en: 7808a3f2
error-update-there = Es gibt eine neuere Version von Sottovoce.
    .remedy = Sieh in `sottovoce update check` nach.

# Der Datenbestand: die offene Datenbank, ihre Dateien, ihr Ordner.

# en: 566f5856
error-store-closed = Die Datenbank ist geschlossen.
    .remedy = Starte Sottovoce neu.
# en: 12ece7b2
error-store-ended = Es wurde abgebrochen, bevor es fertig war; nichts davon ist übrig.
    .remedy = Versuche es noch einmal.
# en: dc7aefc4
error-store-outrun = Es wurde mehr geschrieben, als eine Kopie der Datenbank nachholen konnte.
    .remedy = Es wird später noch einmal versucht.
# en: 420e8b51
error-store-exchanged = Die Datenbank wurde ausgetauscht, während ihre Datei neu geschrieben wurde.
    .remedy = Es wird später noch einmal versucht.
# en: 891f41af
error-store-unreadable-in-use = Die Datenbank wird noch benutzt, deshalb wurde ihre Datei nicht neu geschrieben.
    .remedy = Versuche es noch einmal.
# en: c86a91c8
error-store-in-use-key-kept = Die Datenbank wird noch benutzt, deshalb wurde ihr Schlüssel nicht geändert.
    .remedy = Versuche es gleich noch einmal.
# en: ef90fad6
error-store-unreadable-copy = Die Kopie unter dem neuen Schlüssel war nicht vollständig, deshalb wurde der Schlüssel nicht geändert.
    .remedy = Versuche es noch einmal.
# en: c4d7247f
error-store-too-new-format = Die Datenbank hat das Format { $present }, das von einer neueren Version von Sottovoce stammt; diese kennt Formate bis { $newest }.
# en: a0317d82
error-store-failed-code = { $name ->
    [none] Die Datenbank konnte nicht ausführen, was verlangt war (kein Code).
   *[other] Die Datenbank konnte nicht ausführen, was verlangt war ({ $name }).
}
# en: 48df10a3
error-store-failed-key-file = Die Datei sottovoce.keys fehlt oder ist beschädigt.
    .remedy = Beende Sottovoce und starte es neu: Solange ihr Schlüssel zur Hand ist, stellt das die Datei wieder her.
# en: 1ce04a4e
error-store-failed-half-changed = Der Schlüssel wurde geändert, aber eine Datei davon ließ sich nicht schreiben.
    .remedy = Schaffe Platz auf dem Datenträger und starte Sottovoce neu, das beendet die Änderung; der neue Wiederherstellungscode gilt.
# en: e6556c05
error-store-log-lost-no-mark = Die Datei sottovoce.session fehlt oder ist beschädigt; ein mit ihr verlorenes Schreibprotokoll (WAL) würde nicht bemerkt.
# en: 76063f84
error-store-linked-how = { $how ->
    [link] { $name } ist ein Verweis: Von anderswo könnte hineingeschrieben, und nichts könnte daraus gelöscht werden.
   *[name] { $name } ist einer von zwei Namen (ein harter Verweis) derselben Datei: Von anderswo könnte hineingeschrieben, und nichts könnte daraus gelöscht werden.
}
    .remedy = Setze eine Kopie an ihre Stelle (in { $folder }: `cp { $name } copy`, `mv copy { $name }`) und versuche es noch einmal; geändert wurde nichts.
# en: 4c01ed06
error-folder-not-empty = Im Ordner { $folder } liegen andere Dateien und keine Datenbank.
    .remedy = Nenne einen leeren Ordner oder den, in dem sottovoce.db liegt.
# en: a6799481
error-store-stepped-back-by = { $here ->
    [none] Eine frühere Datenbank wurde eingesetzt: Zuletzt offen war sie hier am { $known }, und diese stammt aus der Zeit davor.
   *[other] Eine frühere Datenbank wurde eingesetzt: Zuletzt offen war sie hier am { $known }, und diese ist vom { $here }.
}
# en: baefe1b6
error-store-parted-at = { $machine ->
    [none] Diese Datenbank ist getrennt von der weitergeführt worden, die hier zuletzt am { $known } offen war: Sie wurde bis zum { $here } auf einem anderen Rechner benutzt.
   *[other] Diese Datenbank ist getrennt von der weitergeführt worden, die hier zuletzt am { $known } offen war: Sie wurde bis zum { $here } auf { $machine } benutzt.
}
# en: ec4d0149
error-store-elsewhere-on = { $machine ->
    [none] Dieser Datenordner war zuletzt am { $here } auf einem anderen, namenlosen Rechner offen.
   *[other] Dieser Datenordner war zuletzt am { $here } auf einem anderen Rechner offen: { $machine }.
}
# en: be6c5dee
error-key-file-stepped-back-by = { $here ->
    [none] Eine frühere Schlüsseldatei, die nichts von der Datenbank weiß, wurde eingesetzt; die Datenbank war zuletzt am { $known } offen.
   *[other] Eine frühere Schlüsseldatei, vom { $here }, wurde eingesetzt; die Datenbank war zuletzt am { $known } offen.
}
# Ein Zeitpunkt in einem dieser Sätze, hinter „am“, „vom“ oder „bis zum“.
# en: 03614019
error-part-moment = { $day }. { MONTH($date, form: "short") } { YEAR($date) } um { $time }
# en: fec0d9ea
error-part-moment-unknown = Tag, den es nicht gibt
# en: a6f8f93b
error-clock-doubted-behind = { $days ->
    [one] Die Uhr zeigt { $day }, einen Tag vor dem Datum, das zuletzt galt: Was jetzt gesagt wird, bekommt ein falsches Datum.
   *[other] Die Uhr zeigt { $day }, { $days } Tage vor dem Datum, das zuletzt galt: Was jetzt gesagt wird, bekommt ein falsches Datum.
}
    .remedy = { $more ->
        [one] Stimmt dieses Datum, ruf `sottovoce clock accept` auf; wenn nicht, stelle die Uhr. Nach einem weiteren Tag, an dem du Sottovoce benutzt, gilt ihr Datum.
       *[other] Stimmt dieses Datum, ruf `sottovoce clock accept` auf; wenn nicht, stelle die Uhr. Nach { $more } weiteren Tagen, an denen du Sottovoce benutzt, gilt ihr Datum.
    }
# en: c5bd98f0
error-clock-doubted-ahead = { $days ->
    [one] Die Uhr zeigt { $day }, einen Tag nach dem Datum, das zuletzt galt; deshalb wird vorerst nichts wegen seines Alters gelöscht.
   *[other] Die Uhr zeigt { $day }, { $days } Tage nach dem Datum, das zuletzt galt; deshalb wird vorerst nichts wegen seines Alters gelöscht.
}
    .remedy = { $more ->
        [one] Stimmt dieses Datum, ruf `sottovoce clock accept` auf; wenn nicht, stelle die Uhr. Nach einem weiteren Tag, an dem du Sottovoce benutzt, gilt ihr Datum.
       *[other] Stimmt dieses Datum, ruf `sottovoce clock accept` auf; wenn nicht, stelle die Uhr. Nach { $more } weiteren Tagen, an denen du Sottovoce benutzt, gilt ihr Datum.
    }

# Der Schlüssel: wo ihn nichts hergibt, und wo er sich nicht ändern lässt.

# en: 85400e17
error-way-by-keyring = Starte den Schlüsselbund, der zuvor benutzt wurde, und melde dich neu an; die Datenbank wurde nicht angerührt.
# en: 6b96a84d
error-way-by-passphrase = Gib die Passphrase an: Ruf den Befehl in einem Terminal auf oder mit --passphrase-stdin und der Passphrase in seiner Eingabe.
# en: 794c2ac1
error-way-by-both = Gib die Passphrase an (ruf den Befehl in einem Terminal auf oder mit --passphrase-stdin und der Passphrase in seiner Eingabe), oder ruf `sottovoce key recover` mit dem Wiederherstellungscode auf.
# en: e5d85f93
error-way-by-both-anew = Gib die Passphrase an (ruf den Befehl in einem Terminal auf oder mit --passphrase-stdin und der Passphrase in seiner Eingabe), oder ruf `sottovoce key recover --passphrase` mit dem Wiederherstellungscode auf.
# en: 0edacfdb
error-way-missing = Melde dich mit dem Schlüsselbund an, der zuvor benutzt wurde, oder ruf `sottovoce key recover` mit dem Wiederherstellungscode auf; die Datenbank wurde nicht angerührt.
# en: bb6e46f8
error-way-wrong = Hole die zusammengehörenden Dateien sottovoce.db und sottovoce.keys zurück, oder ruf `sottovoce key recover` mit dem Wiederherstellungscode auf; die Datenbank wurde nicht angerührt.
# en: e30b5995
error-way-no-keyring = Starte einen Schlüsselbund und melde dich neu an, oder ruf `sottovoce key recover --passphrase` mit dem Wiederherstellungscode auf; die Datenbank wurde nicht angerührt.
# en: 92014a93
error-way-locked = Entsperre den Schlüsselbund (meist mit deinem Anmeldepasswort) und starte Sottovoce neu, oder ruf `sottovoce key recover --passphrase` mit dem Wiederherstellungscode auf; die Datenbank wurde nicht angerührt.
# en: c26fdf90
error-way-silent = Beantworte die Frage des Schlüsselbunds nach dem Passwort oder starte seinen Dienst neu und versuche es noch einmal, oder ruf `sottovoce key recover --passphrase` mit dem Wiederherstellungscode auf; die Datenbank wurde nicht angerührt.
# en: 4ce92212
error-way-failed = Sieh mit dem Passwortprogramm deines Systems nach dem Schlüsselbund und versuche es noch einmal, oder ruf `sottovoce key recover --passphrase` mit dem Wiederherstellungscode auf; die Datenbank wurde nicht angerührt.
# en: 62f9df01
error-way-half-gone = Auch die Datenbank fehlt: Hole beide zurück oder stelle eine Sicherung wieder her (`sottovoce backup restore DATEI`).
# en: 57fe971e
error-way-makes-good = Ruf `sottovoce key recover` mit dem Wiederherstellungscode auf, das stellt sie wieder her; die Datenbank wurde nicht angerührt.
# en: eb28df91
error-way-changing = Wird der Schlüssel gerade geändert, versuche es gleich noch einmal.
# en: 0f09e680
error-way-put-back = Der Code stimmt, aber der Schlüssel ließ sich nicht zurücklegen: Bring den Schlüsselbund in Gang und versuche es noch einmal, oder komm mit `sottovoce key recover --passphrase` ohne ihn aus.
# en: 95ab1a5e
error-way-new-passphrase = Setze --new-passphrase dazu, dann öffnet sie den wiederhergestellten Datenbestand; oder starte einen Schlüsselbund und versuche es noch einmal.
# en: 623a4fbb
error-key-nothing-to-recover = Hier ist keine Datenbank, die sich wiederherstellen ließe.
    .remedy = Auf einem neuen Rechner setze eine Sicherung ein: `sottovoce backup restore DATEI --recovery-code`; liegt die Datenbank in einem anderen Ordner, nenne ihn mit SOTTOVOCE_HOME.
# en: f3197d2f
error-recovery-code-never-made = Für diese Datenbank wurde kein Wiederherstellungscode erstellt.
    .remedy = Öffne sie wie zuvor: Sieh in `sottovoce doctor` nach.
# en: 0ea4ea1e
error-key-change-too-deep = Der Schlüssel wurde viele Male geändert, und keiner der Wiederherstellungscodes wurde bestätigt.
    .remedy = Erstelle einen mit `sottovoce key recovery-code`, bestätige ihn und versuche es noch einmal.
# en: 6c0cb54d
error-key-change-no-passphrase = Es gibt keine Passphrase.
    .remedy = Lege eine mit `sottovoce key passphrase` fest.
# en: 46192ee6
error-key-change-only-way = Der Schlüsselbund hat den Schlüssel nicht, die Passphrase ist also der einzige Weg in die Datenbank.
    .remedy = Bring den Schlüsselbund in Gang und starte Sottovoce einmal mit der Passphrase, dann versuche es noch einmal.
# en: b2eb7a8b
error-key-change-no-holder = Kein Schlüsselbund hat den Schlüssel dieser Datenbank, deshalb könnte auch keiner einen neuen aufbewahren.
    .remedy = Lege mit `sottovoce key passphrase` eine Passphrase fest oder bring den Schlüsselbund in Gang, und versuche es noch einmal.
# en: ca7d1a1a
error-key-change-by-passphrase = Die Passphrase wird gebraucht: Sie muss auch den neuen Schlüssel öffnen.
    .remedy = Gib sie an, wenn `sottovoce key rotate` danach fragt, oder entferne sie mit `sottovoce key passphrase --remove`.

# Sicherungen, Kopien und Exporte.

# en: fceab04c
error-backup-name-taken = Eine solche Datei gibt es schon: { $path }.
    .remedy = Gib einen anderen Namen an.
# en: 89c1ba3b
error-backup-not-sealed = { $count ->
    [one] Eine Sicherung ließ sich nicht unter dem neuen Schlüssel versiegeln: { $first }.
   *[other] { $count } Sicherungen ließen sich nicht unter dem neuen Schlüssel versiegeln (die erste ist { $first }).
}
    .remedy = Schaffe Platz auf dem Datenträger und mach { $folder } für dein Benutzerkonto beschreibbar; es wird noch einmal versucht.
# en: 8d54454f
error-backup-aside-locked = Ein Datenbestand, den eine Wiederherstellung beiseitegelegt hat, ließ sich nicht unter den neuen Schlüssel bringen.
    .remedy = Lege seinen Ordner (replaced-…) woandershin, wenn du ihn nicht mehr brauchst; beim nächsten Start wird es noch einmal versucht.
# en: 6fda94cd
error-backup-not-there = Es gibt keine Datei { $path }.
# en: 89ba3f53
error-backup-cut-short = Die Sicherung ist nicht vollständig: Sie ist nicht so lang, wie sie geschrieben wurde.
# en: 06d0b61b
error-copy-locked-named = Kein Schlüssel, der zur Hand ist, öffnet die Kopie { $name }.
# en: 3fb4e302
error-copy-unreadable-damaged = Die Kopie { $name } ist beschädigt.
# en: a63ba9c9
error-copy-unreadable-foreign = Die Datei { $name } ist die Datenbank eines anderen Datenordners.
    .remedy = Exportiere sie dort (`sottovoce export ORDNER`), und importiere diesen Ordner hier.
# en: 0736d57a
error-export-damaged-file = Die Datei { $name } dieses Exports ist beschädigt.
# en: 193a1e54
error-export-damaged-long = Die Datei { $name } dieses Exports hat mehr Zeilen, als irgendein Datenordner enthält.
# en: 205100c9
error-export-damaged-missing = Die Datei { $name } dieses Exports fehlt.
# en: 5b729e6e
error-export-damaged-line = Die Datei { $name } dieses Exports ist in Zeile { $line } beschädigt.
# en: 3d1dfcab
error-export-damaged-sum = Die Datei { $name } dieses Exports ist nicht, was geschrieben wurde.
# en: a0ac76e8
error-export-damaged-kind = { $name } in diesem Export ist keine Datei.
# en: 773f786c
error-export-nobody = Von diesem Benutzer wird nichts aufbewahrt.
    .remedy = Die Namen der Benutzer zeigt `sottovoce history list`.
# en: da45f8e7
error-export-place-full = Der Ordner { $folder } ist nicht leer.
    .remedy = Nenne einen neuen oder leeren Ordner.

# en: 8c5f5438
error-nothing-scheduled = Einen solchen Timer, Wecker oder eine solche Erinnerung gibt es nicht.
    .remedy = Was es gibt, zeigen `sottovoce timer list`, `sottovoce alarm list` und `sottovoce reminder list`.
# en: b2f44a01
error-timer-length = Ein Timer kann von einer Sekunde bis zu einem Jahr dauern.
    .remedy = Nenne eine andere Dauer.
# en: 68ef4ec8
error-too-many-scheduled = Es gibt schon { $most } Timer, Wecker und Erinnerungen, und mehr können nicht zugleich warten.
    .remedy = Lösche welche, die nicht mehr gebraucht werden.
# en: 9e1de586
error-calendar-file-gone = Die Kalenderdatei ist nicht da, oder du darfst sie nicht lesen.
    .remedy = Prüfe ihren Namen, und ob dein Benutzerkonto sie lesen darf.
# en: 2ed3f169
error-calendar-file-unreadable = Das ist keine ganze iCalendar-Datei: Sie ist beschädigt, abgeschnitten oder etwas anderes.
    .remedy = Exportiere sie neu aus dem Programm, von dem sie stammt, als iCalendar (.ics).
# en: a7d62257
error-calendar-file-too-large = Diese Kalenderdatei ist zu groß: Höchstens 16 MB und 20.000 Termine werden gelesen.
    .remedy = Exportiere weniger Jahre oder Kalender auf einmal.
# en: c60ad4e8
error-calendar-file-unwritable = Die Kalenderdatei ließ sich nicht schreiben.
    .remedy = Prüfe, ob ihr Ordner da ist, dir gehört und Platz hat.
# en: 586881e0
error-calendar-folder-gone = Der Ordner deiner Kalenderdateien ist nicht da.
    .remedy = Schließe seinen Datenträger an, oder nenne in der Einstellung `calendars` einen anderen Ordner.
# en: fae7ada6
error-calendar-files-unread = Einige deiner Kalenderdateien werden noch gelesen.
    .remedy = Frag gleich noch einmal.
# en: 1ffb9d43
error-calendar-files-too-many = Es sind mehr Kalenderdateien, oder mehr Termine darin, als gelesen werden: Einige fehlen.
    .remedy = Lass weniger Dateien in dem Ordner, den die Einstellung `calendars` nennt, oder importiere, was lange vorbei ist (`sottovoce calendar import`).
# en: 18507fb3
error-traces = Die Zeiten der Runden können von außen nicht verfolgt werden.
    .remedy = Ruf `sottovoce doctor` auf.
# en: 186adfd9
error-traces-missing = Die Zeiten der Runden werden nicht gesendet: Was sie sendet, ist nicht installiert.
    .remedy = Installiere das Extra `tracing`, oder leere `traces_address`.
# en: feed153f
error-traces-forbidden = Deine Administration erlaubt nicht, die Zeiten der Runden an die eingestellte Adresse zu senden.
    .remedy = Frag deine Administration, oder leere `traces_address`.
