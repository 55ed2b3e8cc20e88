# Ein Export: was in seinen Dateien steht, und was jedes Feld einer Zeile bedeutet. Namen in Backticks bleiben, wie sie sind.

# en: 5369087c
export-title = { $user ->
    [none] # Deine Daten aus Sottovoce
   *[other] # Die Daten von { $user } aus Sottovoce
}
# en: 6a750f0e
export-in-clear = Geschrieben von { $program } am { $made }. **Alles in diesem Ordner ist unverschlüsselt**: Wer diese Dateien lesen kann, liest alles, was du gesagt hast. Bewahre sie auf einem verschlüsselten Datenträger auf und lösche sie, wenn du sie nicht mehr brauchst.
# en: 6f0d92aa
export-of-one = Nichts von anderen Benutzern ist darin, und auch nicht, was niemandem gehört (was getan und gesendet wurde, Dateien).
# en: e5d549d7
export-for-reading = - `conversations/` enthält für jedes Gespräch eine lesbare Markdown-Datei, benannt nach ihrem Datum; in `notes.md`, `lists.md`, `events.md`, `reminders.md` und `memories.md` stehen die Notizen, die Listen zum Abhaken, der Kalender, die Erinnerungen und was gemerkt wurde.
# en: 7be69278
export-for-programs = - Die `.jsonl`-Dateien enthalten dasselbe und mehr für Programme: UTF-8, ein JSON-Objekt je Zeile, alle Felder immer vorhanden. Zeiten sind Zahlen, Sekunden seit dem 1.1.1970 UTC.
# en: 1f7942d0
export-manifest = - `{ $file }` nennt die Form (`{ $format }`, Version { $version }) sowie Länge und SHA-256 jeder Datei. `sottovoce import ORDNER` übernimmt von hier in einen anderen Datenordner, was dort fehlt.
# en: 2bdc9885
export-file = { $count ->
    [one] { $what } { $count } Zeile.
   *[other] { $what } { $count } Zeilen.
}
# en: 7884af0a
export-columns = | Feld | Bedeutung |

# Die Markdown-Dateien.

# en: 51526993
export-notes-title = Notizen
# en: a352a8c4
export-lists-title = Listen
# en: 43fd85ae
export-calendar-title = Kalender
# en: b610f563
export-reminders-title = Erinnerungen und Wecker
# en: 69a83439
export-until = { $begin } bis { $end }
# en: 01138c88
export-zone = Die Zeiten sind in der Zone { $zone }.
# en: a13f1aa6
export-held = Was gilt
# en: 7cc05a58
export-superseded = Abgelöst: gilt nicht mehr
# en: d89d81f8
export-memories-title = Gemerktes
# en: 3fa7ed53
export-conversation = Gespräch
# en: 6a887d1e
export-with = Mit: { $user }. Die Zeiten sind in der Zone { $zone }.
# en: b79d1bfe
export-you = Du
# en: da9a88c1
export-cut-short = { $at } (abgebrochen)

# Die Dateien mit Zeilen: was in jeder steht, und ihre Felder.

# en: 8119e918
export-conversations = Gespräche, die ältesten zuerst.
# en: 8145191c
export-conversations-id = benennt das Gespräch; Nachrichten beziehen sich darauf
# en: 3572aabe
export-whose = wem es gehört
# en: fbea4344
export-conversations-title = die ersten Worte darin
# en: 03834f32
export-seconds = Sekunden seit dem 1.1.1970 UTC
# en: 05fece23
export-conversations-last-at = Zeit der letzten Nachricht, Sekunden seit dem 1.1.1970 UTC
# en: 50ede985
export-conversations-messages = wie viele Nachrichten es hat
# en: db664051
export-conversations-zone = Zeitzone, in der die Markdown-Dateien seine Zeiten angeben
# en: a676197f
export-messages = Alles Gesagte, in der Reihenfolge, in der es gespeichert wurde.
# en: c1de0b77
export-messages-id = benennt die Nachricht
# en: b0e647c4
export-messages-conversation-id = das Gespräch, zu dem sie gehört
# en: b4b39d28
export-messages-role = `user` (Benutzer) oder `assistant` (Sottovoce)
# en: 07e28138
export-messages-content = die Worte
# en: bbfd0a66
export-messages-state = `complete` (vollständig), oder `partial` bei einer abgebrochenen Antwort
# en: 581a60ae
export-messages-tokens-input = bei Antworten eines Sprachmodells: Tokens, die es gelesen hat
# en: a8538b85
export-messages-tokens-output = Tokens, die es geschrieben hat
# en: ec907696
export-messages-source = bei Antworten: `skill`, `cache`, `model` oder `fallback`
# en: 152ebf3f
export-messages-intent = bei Antworten einer Fähigkeit: was verstanden wurde
# en: 93438e52
export-messages-latency-ms = bei Antworten: Millisekunden bis zu den ersten Worten
# en: 9c4a84a5
export-messages-model = bei Antworten eines Sprachmodells: sein Name
# en: 0e8d9527
export-messages-dialogue = bei der letzten Antwort eines Gesprächs: was sie offen lässt, JSON als Text; sonst leer
# en: 6fff37a0
export-dates = Was gesagt wurde, während die Uhr falsch ging: Das Datum dieser Nachrichten sagt nichts.
# en: 41cda8d7
export-dates-message-id = die Nachricht
# en: 5c66231d
export-dates-at = seit wann sie stattdessen als gesagt gilt, Sekunden seit dem 1.1.1970 UTC
# en: 729cdb33
export-turns = Zu jeder Frage, ob sie beantwortet wurde.
# en: 0dc8888c
export-turns-message-id = die Frage
# en: 2ac38643
export-turns-conversation-id = ihr Gespräch
# en: 7c1ea1eb
export-turns-closed-at = Sekunden seit dem 1.1.1970 UTC; null, solange die Antwort aussteht
# en: 5d44d2b5
export-turns-outcome = wie es endete; null, solange die Antwort aussteht
# en: 76619ba9
export-memories = Was gemerkt wurde, in der Reihenfolge, in der es gespeichert wurde.
# en: ad3364aa
export-memories-id = benennt das Gemerkte
# en: 665a8caf
export-memories-kind = `fact` (Tatsache), `like` (Vorliebe), `dislike` (Abneigung) oder `person`
# en: 7e6e6790
export-memories-text = in den Worten des Benutzers
# en: c249cdb9
export-memories-reach = wie weit es in einer Frage reisen darf: `device` (Gerät), `network` (Netz) oder `any` (überallhin)
# en: 3cea39f5
export-memories-state = `held` (gilt), oder `superseded` (abgelöst), wenn etwas später Gesagtes an seine Stelle trat
# en: b6337016
export-memories-superseded-by = id dessen, was an seine Stelle trat; null, solange es gilt
# en: 39462e5a
export-memories-subject = worüber es etwas sagt, wenn davon nur eines gelten kann; darf leer sein
# en: 8deb88f7
export-memories-embedder = Name und Version dessen, was den Vektor gemacht hat; leer, wenn es keinen gibt
# en: 98122041
export-memories-embedding = sein Vektor (Base64, ein Byte mit Vorzeichen je Dimension: das 127-Fache eines Einheitsvektors); null, wenn es keinen gibt
# en: a6381017
export-memories-used = Auf welches Gemerkte eine Antwort zurückgriff.
# en: 27816b52
export-memories-used-message-id = die Antwort
# en: b95b0750
export-memories-used-memory-id = das Gemerkte
# en: dcbf119a
export-memories-used-place = in welcher Reihenfolge es verwendet wurde, ab 0
# en: 9c0057bd
export-documents = Dateien des Wissensordners, soweit sie bekannt sind. Was sie enthalten, steht nicht hier: Es sind deine eigenen Dateien.
# en: 9ce3c01e
export-documents-id = benennt die Datei
# en: 57419354
export-documents-path = wo sie im Wissensordner liegt
# en: d7753378
export-documents-bytes = ihre Größe
# en: ebec23ff
export-documents-modified-ns = wann sie geändert wurde, Nanosekunden seit dem 1.1.1970 UTC
# en: 26ed7f6b
export-documents-changed-ns = wann ihr Inhalt, Name oder ihre Rechte geändert wurden, ebenso; 0, wenn das nicht bekannt ist
# en: 9bb78daf
export-documents-sha256 = SHA-256 ihres Inhalts; leer, wenn sie sich nicht lesen ließ
# en: ff5c616a
export-documents-indexed-at = wann sie gelesen wurde, Sekunden seit dem 1.1.1970 UTC
# en: 58741ce5
export-documents-passages = in wie viele Abschnitte sie zerlegt wurde
# en: bd58913b
export-documents-trouble = Code dessen, was das Lesen verhindert hat; leer, wenn es nichts gab
# en: 59fc286c
export-user-contexts = Was über jeden Benutzer bekannt ist, jede Version davon.
# en: d59a0928
export-user-contexts-version = wächst mit jeder Änderung
# en: 6489b773
export-user-contexts-body = der Stand, JSON als Text
# en: 781adb28
export-reminders = Erinnerungen und Wecker.
# en: 2614fb8f
export-reminders-id = benennt die Erinnerung
# en: 6ec8dc58
export-reminders-text = woran zu erinnern ist
# en: 681a593b
export-reminders-due-at = wann sie fällig ist, bei sich wiederholenden das nächste Mal; Sekunden seit dem 1.1.1970 UTC
# en: c791abd4
export-reminders-kind = `reminder` wird mit ihren Worten gesagt, `alarm` mit einem Ton, der anhält
# en: 0f4d0be6
export-reminders-wall = ihr erstes Mal, wie Uhren es zeigen, in keiner Zeitzone; leer, wenn eine Dauer genannt war
# en: 9b6f890d
export-recurrence = wie es sich wiederholt, in der Schreibweise von iCalendar (RFC 5545); leer für einmal
# en: 195ab78b
export-ringing = `waiting` (wartet), `paused` (angehalten), `ringing` (fällig und noch nicht gesagt), `rung` (hat geklingelt) oder `cancelled` (abgesagt)
# en: 512c6359
export-timers = Timer.
# en: 29523d8e
export-timers-id = benennt den Timer
# en: d2d03c60
export-timers-label = wofür er ist; darf leer sein
# en: 2bba2004
export-timers-duration-s = seine Dauer in Sekunden
# en: eaddeb17
export-timers-left-s = verbleibende Sekunden eines angehaltenen; sonst null
# en: 749a3b66
export-timers-boot = benennt den Start des Rechners, von dem `boot_due_s` zählt; darf leer sein
# en: 73c4fd0a
export-timers-boot-due-s = sein Ende in Sekunden seit diesem Start
# en: ca54c23d
export-notes = Notizen.
# en: d10c89cb
export-notes-id = benennt die Notiz
# en: 012f6cc5
export-notes-text = was notiert wurde
# en: 791a7999
export-lists = Was auf Listen steht, nach Listen.
# en: 05a7a657
export-lists-id = benennt den Eintrag
# en: a260c77e
export-lists-list = Name seiner Liste
# en: 2e441f3d
export-lists-text = was daraufsteht; leer für die Liste selbst
# en: c0d2edf5
export-lists-done = 1, wenn es abgehakt ist, sonst 0
# en: 631ebf7e
export-events = Der Kalender.
# en: 6fea3d26
export-events-id = benennt den Termin
# en: 0c614edd
export-events-title = was es ist
# en: 12f43a60
export-events-place = wo; darf leer sein
# en: 93f0d5ca
export-events-all-day = 1, wenn ganze Tage gemeint sind, sonst 0
# en: fa80a183
export-events-zone = die Zeitzone, in der er angelegt wurde, mit ihrem IANA-Namen
# en: 77abd6fe
export-cached-answers = Antworten, die eine Weile aufbewahrt werden.
# en: efeec775
export-cached-answers-key = benennt die Antwort
# en: 9f721985
export-cached-answers-kind = die Fähigkeit oder das Werkzeug, von dem sie stammt
# en: e33ae2bc
export-cached-answers-value = die Antwort, wie sie aufbewahrt wird, JSON als Text
# en: 5707512d
export-cached-answers-expires-at = danach nicht mehr verwendet, Sekunden seit dem 1.1.1970 UTC
# en: 6aabd512
export-cached-answers-bytes = wie viel davon auf die Obergrenze des Zwischenspeichers angerechnet wird
# en: f325664d
export-cached-answers-source-message = id der Nachricht, die sie zuerst beantwortet hat; null, wenn keine bekannt ist
# en: d5430b9d
export-cached-answers-depends-on = woraus sie gemacht wurde, JSON als Text
# en: f599f3f6
export-api-keys = Schlüssel für die lokale Schnittstelle, ohne alles, womit sie sich benutzen ließen.
# en: 5612ba6a
export-api-keys-prefix = die ersten Zeichen des Schlüssels
# en: 05ee947f
export-api-keys-name = wie er genannt wurde
# en: dac7cb5e
export-api-keys-revoked-at = Sekunden seit dem 1.1.1970 UTC; null, solange er gilt
# en: a8e188af
export-api-keys-scopes = was er erlaubt, JSON als Text
# en: be942a6f
export-api-keys-expires-at = wann er von selbst endet, Sekunden seit dem 1.1.1970 UTC; null für nie
# en: a05f2bfa
export-api-key-uses = Wie oft jeder Schlüssel benutzt wurde.
# en: b50772ac
export-api-key-uses-id = der Schlüssel und der Tag
# en: 0c8b452a
export-api-key-uses-day = Tag in UTC
# en: 99b6abd6
export-api-key-uses-requests = wie oft er an diesem Tag benutzt wurde
# en: 8207b8c8
export-api-key-uses-tokens = Wortteile von Sprachmodellen, die er verbraucht hat
# en: cadd357b
export-api-key-uses-last-at = wann er zuletzt benutzt wurde, Sekunden seit dem 1.1.1970 UTC
# en: 80f252d6
export-audit-log = Seltenes, das mit allem Aufbewahrten getan wurde; nichts Gesagtes steht darin.
# en: 1e30f788
export-audit-log-number = Stelle im Protokoll, ab 1
# en: 7f7416ed
export-audit-log-event = was getan wurde
# en: 0dd4d773
export-audit-log-detail = mehr darüber, JSON als Text
# en: 6e47c416
export-audit-log-previous = Prüfsumme der Zeile davor
# en: ca052baf
export-audit-log-hash = SHA-256 dieser Zeile und der Prüfsumme davor
# en: 1bb11d55
export-egress = Was diesen Rechner verlassen hat.
# en: ce511599
export-egress-endpoint = wohin es ging
# en: d9d7541e
export-egress-purpose = wofür
# en: 889c2a9c
export-egress-bytes-out = gesendete Bytes
# en: c1890a66
export-egress-bytes-in = empfangene Bytes
# en: 5478f6d3
export-source = id der Nachricht, aus der es stammt; null, wenn keine bekannt ist
