# Die Befehlszeile: wozu ihre Befehle und Optionen da sind, und was an einem Aufruf nicht stimmt.

# en: 3e238f42
cli-program = Ein Sprachassistent für den Desktop. Ohne Befehl: die Anwendung in der Leiste.
# en: a8f9b1ef
cli-exit-codes = Exit-Codes: 0 erledigt, 1 fehlgeschlagen, 2 falsch aufgerufen, 3 du wirst gebraucht (Schlüssel, Modell oder Bildschirm fehlt).
# en: 5d7d0348
cli-version = die Version ausgeben
# en: e2d7a42e
cli-autostart = die Anwendung in der Leiste, außer die Richtlinie lässt nichts von selbst starten
# en: 12de2c57
cli-json = ein JSON-Objekt ausgeben
# en: e72c57cf
cli-passphrase-stdin = die Passphrase der Datenbank aus der ersten Zeile der Eingabe lesen, wo der Schlüsselbund den Schlüssel nicht geben kann
# en: d5aea5d0
cli-see-help = `{ $command } --help` zeigt die richtige Form.
# en: 636c3522
cli-examples = Beispiele:
# en: 6f4877f2
cli-rows = höchstens so viele Zeilen
# en: c179df3f
cli-key-value = KEY VALUE
# en: f833fad9
cli-between = Das muss zwischen { $low } und { $high } liegen.
# en: 3fdfacf2
cli-limit = { $below ->
    [true] Die Grenze muss mindestens { $low } sein.
   *[false] Die Grenze muss zwischen { $low } und { $high } liegen.
}
# en: 3f94b267
cli-one-of = Möglich ist eines von diesen: { $choices }.
# en: b6ae0aa9
cli-path-unnameable = Der Pfad enthält ein Zeichen, das in keinem Dateinamen stehen kann.
# en: f001ed8a
cli-path-not-absolute = Der Pfad muss absolut sein.
# en: b0504f82
cli-no-such-user = Diesen Benutzer gibt es nicht: { $path }.
# en: 22d94657
cli-not-utf8 = Dieser Text lässt sich nicht lesen: Er ist nicht in UTF-8.
    .remedy = Sorge dafür, dass dein Terminal UTF-8 sendet.
# en: 20880f0f
cli-new-store = Eine neue verschlüsselte Datenbank wurde angelegt. Ruf jetzt `sottovoce key recovery-code` auf und bewahre auf, was es zeigt: Ohne diesen Code ist mit dem Schlüsselbund auch die Datenbank verloren. Wenn du eine Sicherung von einem anderen Rechner hast, setze sie an ihre Stelle: `sottovoce backup restore DATEI`.
# en: b2be427f
cli-unknown-operation = Die laufende Anwendung kennt diesen Befehl nicht.

# en: 86e1d197
cli-history = Zeigen, was bisher gesagt wurde, das Neueste zuerst.
    .examples =
        history --limit 5
        history search python
        history search --best --limit 5 grüner tee
        history show 0190
        history unfinished
        history unfinished --answer
        history unfinished 0190 --dismiss
# en: 15a3aa71
cli-history-words = wonach zu suchen ist; das Gespräch oder die Frage
# en: f8432039
cli-history-best = search: das am besten Passende zuerst, nicht das Neueste
# en: 96b782eb
cli-history-answer = unfinished: die neueste Frage (oder die mit der ID) jetzt beantworten
# en: 5cbf80c6
cli-history-dismiss = unfinished: sie ohne Antwort lassen

# en: 5bedd9b4
cli-turns = Zeigen, wann die letzten Runden ihre Stufen erreicht haben, in Millisekunden (von der laufenden Anwendung).
    .examples =
        turns
        turns --json
        turns show 3
# en: 86f62a24
cli-turns-words = show: die ID der Runde

# en: 8e801203
cli-memory = Zeigen, was gemerkt ist und welche Erinnerungen eine Antwort verwendet hat.
    .examples =
        memory
        memory add ich mag python
        memory add --kind fact --reach network ich wohne in bergen
        memory forget 0190
        memory why 0190 --user anna
        memory reach 0190 any
# en: 76e69c9f
cli-memory-words = was zu merken ist; die ID der Erinnerung oder der Antwort
# en: 409e6031
cli-memory-user = wessen Erinnerungen
# en: dbde744e
cli-memory-limit = list: höchstens so viele Zeilen
# en: 4553c5d7
cli-memory-kind = add: fact, like, dislike oder person; sonst sagen es die Wörter
# en: 408c1425
cli-memory-reach = add: wie weit es zu einem Modell gelangen darf: device, network oder any

# en: 93215101
cli-calendar = Zeigen, was im Kalender steht; hinzufügen, herausnehmen, iCalendar-Dateien.
    .examples =
        calendar
        calendar list --since 2026-11-30 --until 2026-12-31
        calendar add mittagessen mit anna morgen um eins
        calendar remove 0190
        calendar import kalender.ics
        calendar export kalender.ics --user anna
# en: bed1d659
cli-calendar-words = was hinzuzufügen ist, mit seiner Zeit; die ID des Termins; die Datei
# en: de7528bc
cli-calendar-user = wessen Kalender
# en: 4653cd58
cli-calendar-since = list: von diesem Tag an, etwa 2026-11-30
# en: 5e4dd257
cli-calendar-until = list: bis zu diesem Tag
# en: 14dd44e5
cli-note = Notizen: was notiert ist; notieren, lesen, suchen, löschen.
    .examples =
        note
        note list --limit 10
        note show 0190
        note search garten
        note add der ersatzschlüssel liegt unter dem topf
        note remove 0190
        note export notizen.jsonl
# en: ac48b5af
cli-note-words = add: die Notiz; search: worüber; export: die Datei; sonst die ID der Notiz oder ihr Anfang
# en: 1f79c641
cli-note-user = wessen
# en: 67ca7c63
cli-note-limit = list: höchstens so viele Zeilen
# en: 047600e9
cli-list = Listen: was darauf steht; etwas daraufsetzen, abhaken oder streichen.
    .examples =
        list
        list list einkaufen
        list add --list einkaufen milch, eier und brot
        list done milch
        list remove --list to-do bank anrufen
        list delete camping
        list export listen.jsonl
# en: 6cbed0fa
cli-list-words = die Dinge, wie man sie sagt; list, delete: der Name der Liste; export: die Datei
# en: 1450dde7
cli-list-user = wessen
# en: 64820265
cli-list-name = add, done, remove: welche Liste; sonst die zum Einkaufen
# en: 12b83834
cli-timer = Timer: was läuft; einen stellen, löschen oder anhalten.
    .examples =
        timer
        timer add zehn minuten --name nudeln
        timer pause 0190
        timer resume 0190
        timer remove 0190
        timer export timer.jsonl
# en: c862511b
cli-timer-words = add: wie lange; export: die Datei; sonst die ID des Timers oder ihr Anfang
# en: 24e78736
cli-timer-user = wessen
# en: f19cd7b6
cli-timer-name = add: wofür er ist
# en: d138b080
cli-alarm = Wecker: was gestellt ist; einen stellen oder löschen.
    .examples =
        alarm
        alarm add werktags um sieben uhr
        alarm remove 0190
        alarm export wecker.jsonl
# en: 26b93dbe
cli-alarm-words = add: wann; export: die Datei; remove: die ID des Weckers oder ihr Anfang
# en: 448ff34f
cli-alarm-name = add: wofür er ist
# en: 2efba679
cli-reminder = Erinnerungen: was gestellt ist; eine stellen oder löschen.
    .examples =
        reminder
        reminder add --when "morgen um neun uhr" mama anrufen
        reminder remove 0190
        reminder export erinnerungen.jsonl
# en: 0a75a74e
cli-reminder-words = add: woran; export: die Datei; remove: die ID der Erinnerung oder ihr Anfang
# en: bb94eb3c
cli-reminder-when = add: wann

# en: e58360cb
cli-schema = Das JSON-Schema von allem ausgeben, was gefragt werden kann, und von jeder Form mit --json.
    .examples =
        schema
        schema history.list
# en: 70015567
cli-schema-name = nur von einer Operation

# en: 7802099e
cli-context = Zeigen, was über einen Benutzer bekannt ist und wie der Assistent zu ihm ist.
    .examples =
        context
        context set personality.verbosity brief
        context set display_name Anna Maria --user anna
# en: 5206f1eb
cli-context-words = set: zum Beispiel personality.verbosity brief
# en: ab42cffa
cli-context-user = wessen Kontext
# en: 9da0fdbe
cli-knowledge = Zeigen, was von deinen eigenen Dateien bekannt ist; sie jetzt lesen.
    .examples =
        knowledge
        knowledge sync
        knowledge forget
        knowledge open
# en: 06f80487
cli-audit = Zeigen, was mit allem Aufbewahrten getan wurde, das Neueste zuerst.
    .examples =
        audit --limit 50
        audit export audit.jsonl
        audit accept
# en: cc8616a5
cli-stats = Was seit dem Start gezählt und gemessen wurde: Antworten, Zeiten, Zwischenspeicher, Datenbank, Speicher.
    .examples =
        stats
        stats --json
        stats prometheus
# en: e7c2bdf2
cli-diagnostics = Ein Bericht für jemanden, der hilft: wie es dem Programm geht, ohne etwas Gesagtes.
    .examples =
        diagnostics report.zip
# en: d2d412d7
cli-diagnostics-file = die ZIP-Datei, die geschrieben wird
# en: 36fb3475
cli-egress = Zeigen, was wann wohin gesendet wurde, das Neueste zuerst.
    .examples =
        egress
# en: 4b041f99
cli-clock = Zeigen, ob das Datum der Uhr gilt, nach dem Altes gelöscht wird; es gelten lassen.
    .examples =
        clock
        clock accept
# en: 9a789eaa
cli-prepare = Den Datenordner dieses Benutzers einrichten, wie es die Richtlinie sagt, ohne etwas zu fragen.
    .examples =
        prepare
# en: 1949b5a4
cli-upkeep = Jetzt tun, was ansteht: die Sicherung von heute und was nur einige Tage behalten wird.
    .examples =
        upkeep
# en: 171c652c
cli-update = Nachsehen, ob es eine neuere Version gibt; heruntergeladen oder installiert wird nichts.
    .examples =
        update check
# en: 7d40bc43
cli-export = Alles Aufbewahrte in einen Ordner schreiben, UNVERSCHLÜSSELT.
    .examples =
        export /media/stick/sottovoce
        export alles-von-anna --user anna
# en: 3d213174
cli-export-folder = ein neuer oder leerer Ordner
# en: c5f418d8
cli-export-user = nur, was von diesem Benutzer ist, und nichts von anderen
# en: f1abbcf1
cli-import = Übernehmen, was hier fehlt, aus einem Ordner, den `export` geschrieben hat.
    .examples =
        import /media/stick/sottovoce
        import --erased-too /media/stick/sottovoce
# en: f53bc534
cli-import-folder = was `sottovoce export ORDNER` geschrieben hat, hier oder anderswo
# en: 983810a9
cli-import-erased-too = auch, was hier gelöscht oder vergessen wurde
# en: c7dfc875
cli-merge = Kopien der Datenbank zusammenführen, die ein Abgleichprogramm angelegt hat.
    .examples =
        merge
        merge "sottovoce (conflict).db"
# en: 75765fea
cli-merge-files = eine Kopie; ohne Angabe die neben der Datenbank

# en: a254866f
cli-ask = Eine getippte Frage beantworten.
    .examples =
        ask wie spät ist es
        ask --speak --user anna was mag ich
        ask --conversation 0190 und was noch
# en: 7f2ba19e
cli-ask-text = die Frage; - liest sie aus der Eingabe
# en: fab61d95
cli-ask-user = wessen Gespräch es ist
# en: 055b3865
cli-ask-conversation = dieses Gespräch fortsetzen
# en: 4bb991a3
cli-ask-speak = die Antwort vorlesen
# en: 17d37f4b
cli-listen = Eine aufgenommene Frage beantworten.
    .examples =
        listen frage.wav --speak
# en: a5dc1d76
cli-listen-file = die Aufnahme
# en: 8fcb745b
cli-transcribe = Ausgeben, was in Aufnahmen gesagt wird; gespeichert wird nichts.
    .examples =
        transcribe vortrag.wav noch-einer.ogg
# en: 621e1007
cli-transcribe-files = die Aufnahmen
# en: 7ffe4286
cli-microphone = Zeigen, welche Mikrofone es gibt; ausprobieren, wie eines klingt.
    .examples =
        microphone
        microphone test
# en: 19bb6fb1
cli-microphone-words = test: welches; sonst das eingestellte
# en: 9975ed3b
cli-policy = Zeigen, welche Richtlinie der Administration gilt und ob sich eine Datei dafür eignet.
    .examples =
        policy
        policy check policy.json
# en: 392a7353
cli-policy-file = check: die Datei
# en: f7c704a2
cli-settings = Zeigen, was sich einstellen lässt, was gilt und warum; etwas einstellen.
    .examples =
        settings
        settings get volume
        settings set volume 80
        settings path
# en: 0b7adb10
cli-settings-words = get, set: welche; set: worauf
# en: ba870c3b
cli-press = Die Taste drücken: zuhören (an die laufende Anwendung).
    .examples = press
# en: 6368ec23
cli-release = Die Taste loslassen: antworten.
    .examples = release
# en: 487dd28c
cli-toggle = Drücken, oder loslassen, wenn zugehört wird.
    .examples = toggle
# en: 0b7474e1
cli-cancel = Die Runde verwerfen und still sein.
    .examples = cancel
# en: b889d82d
cli-show = Die laufende Anwendung zeigen.
    .examples =
        show
        show settings
# en: d9494791
cli-show-window = welches ihrer Fenster
# en: 1c6bbec6
cli-quit = Die laufende Anwendung beenden.
    .examples = quit

# en: 654eb87e
cli-models = Zeigen, welche Spracherkennungsmodelle da sind und welche es gibt; eines installieren oder entfernen.
    .examples =
        models
        models list --refresh --language de
        models install vosk-model-small-de-0.15
        models import /media/stick/model.zip
        models remove vosk-model-small-de-0.15
# en: 418e283b
cli-models-words = das Modell; import: ein zip, ein tar oder ein Ordner (ohne Angabe: die, die die Richtlinie nennt)
# en: 4b5c73b4
cli-models-refresh = list: zuerst die neueste offizielle Liste holen
# en: ee7059b4
cli-models-language = list: nur Modelle dieser Sprache, etwa de oder german

# en: c4fb37a1
cli-erase = Für immer löschen, aus der Datenbank und aus ihren Sicherungen auf diesem Rechner.
    .examples =
        erase --conversation 0190
        erase --user anna --yes
        erase --replaced
        erase --everything
# en: a3958fa5
cli-erase-conversation = ein Gespräch und alles, was daraus gelernt wurde
# en: f32cf783
cli-erase-user = alles von einem Benutzer
# en: 97581890
cli-erase-replaced = die Datenbanken, die beim Wiederherstellen beiseitegelegt wurden
# en: 75472429
cli-erase-everything = die ganze Datenbank mit ihrem Schlüssel, Sicherungen und Protokollen
# en: 3f821e94
cli-erase-yes = nicht fragen
# en: 7b441260
cli-yes = ja

# en: 3c950993
cli-key = Zeigen, wo der Schlüssel der verschlüsselten Datenbank ist; Wege zu ihm ohne den Schlüsselbund.
    .examples =
        key status
        key recovery-code --pdf blatt.pdf
        key recover --passphrase
        key passphrase
        key rotate
        key escrow new escrow.key
        key escrow open code.json --key escrow.key
# en: 8a820e69
cli-key-metavar = new FILE|open FILE
# en: cef2b116
cli-key-words = escrow: für die Administration, siehe docs/policies.md
# en: 3e43be3a
cli-key-key = escrow open: der private Schlüssel
# en: 2a1593d0
cli-key-pdf = recovery-code, rotate: ihn auch als Blatt zum Ausdrucken schreiben
# en: f49bef15
cli-key-remove = passphrase: die Datenbank soll sich mit keiner mehr öffnen lassen
# en: dac5229b
cli-key-passphrase = recover: auch eine neue Passphrase festlegen (ohne Schlüsselbund)

# en: 3207755e
cli-backup = Verschlüsselte Sicherungen: eine erstellen, eine ansehen, eine einsetzen.
    .examples =
        backup create
        backup create /media/stick --knowledge
        backup list
        backup verify mine.backup --recovery-code
        backup restore mine.backup --passphrase --yes
# en: 7708654f
cli-backup-create = eine erstellen, während alles weiterläuft
# en: 83d7142e
cli-backup-list = die Sicherungen auf diesem Rechner auflisten
# en: 4cb2cdc2
cli-backup-verify = eine ganz durchlesen
# en: 3196b4f4
cli-backup-restore = eine an die Stelle der Datenbank setzen
# en: f155f49d
cli-backup-file = die Sicherung
# en: a0cd62d1
cli-backup-new-file = ein Ordner oder die Datei, die zu schreiben ist
# en: a4f8ee05
cli-backup-knowledge = deine eigenen Dateien in knowledge/ mitnehmen (von selbst, wenn sie höchstens 32 MiB haben)
# en: 82155985
cli-backup-recovery-code = nach dem Wiederherstellungscode von damals fragen
# en: 271be61b
cli-backup-passphrase = nach der Passphrase von damals fragen
# en: 81a6bd23
cli-backup-new-passphrase = nach einer fragen, die sie öffnen soll (ohne Schlüsselbund)
# en: c4fb83a1
cli-backup-yes = sie ohne Nachfrage an die Stelle einer Datenbank setzen

# en: f43c766c
cli-doctor = Jeden Teil prüfen; oder eine Taste durch Drücken erproben.
    .examples =
        doctor
        doctor --key
        doctor --key Pause --seconds 30
# en: 27459747
cli-doctor-key = zusehen, wie die Taste zum Sprechen (oder die genannte) gedrückt und losgelassen wird, und sagen, wie sie sich verwenden lässt
# en: f47fd7bf
cli-doctor-seconds = mit --key: wie lange auf den Druck zu warten ist

# en: 0da3359b
cli-demo = Eine ganze Runde in einem Datenordner nur dafür ausführen: braucht weder Bildschirm noch Mikrofon noch Schlüsselbund.
    .examples = demo
# en: dac4d174
cli-completion = Ausgeben, was eine Shell liest, um diese Befehle zu ergänzen.
    .examples =
        completion bash
        completion zsh
        completion fish

# en: 6f436410
cli-api = Die lokale Schnittstelle: wo sie zu erreichen ist, und die Schlüssel dazu.
    .examples =
        api
        api status
        api serve --port 8719
        api key create editor
        api key create phone --scope conversation,lists:read --expires 12h
        api key list
        api key rotate sv_0190
        api key revoke sv_0190
# en: 89aca569
cli-api-words = key: create, list, rotate oder revoke; wofür der Schlüssel ist, oder wie er beginnt
# en: f7d58884
cli-api-scope = key create: was er darf, mit Kommas dazwischen (conversation)
# en: 317022b8
cli-api-expires = key create: wann er endet, als 90d, 12h, 2026-12-31 oder never (90d)
# en: 08a5d7f3
cli-api-host = serve: eine Adresse, die nur dieser Rechner hat (127.0.0.1)
# en: cd9e4ba7
cli-api-port = serve: der Port (der aus den Einstellungen); 0 für irgendeinen freien
# en: 4a99b470
cli-api-socket = serve: ein Unix-Socket, anstelle eines Ports
# en: 11bcbec1
cli-api-wyoming = serve: auch das Wyoming-Protokoll an diesem Port; 0 für irgendeinen freien
