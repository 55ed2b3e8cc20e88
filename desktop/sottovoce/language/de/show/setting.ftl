# Die Einstellungen: wie sie in Fenstern heißen, was sie bedeuten (`.meaning`, in der Datei und auf der Befehlszeile),
# was ein Fenster davon sagt, wo das mehr oder weniger ist (`.hint`), und wie die Möglichkeiten heißen.

# en: 57ceab7d
setting-hotkey = Taste zum Sprechen
    .meaning = Die Taste zum Sprechen; leer für keine.
# en: 967bcf07
setting-hotkey-mode = Gebrauch der Taste
    .meaning = Wie die Taste benutzt wird: hold, beim Sprechen halten, oder toggle: zum Sprechen drücken und noch einmal, um Antwort zu bekommen.
    .hold = Halten
    .toggle = Umschalten
# en: f279646e
setting-hands-free = Freie Hände
    .meaning = Tippe eine Taste, die gehalten wird, zweimal an, und es wird weiter zugehört, mit freien Händen, bis du innehältst oder noch einmal tippst.
# en: e6f26074
setting-cancel-key = Taste zum Verwerfen
    .meaning = Verwirft, was gerade gesagt oder beantwortet wird; nur dann fehlt sie anderen Programmen. Leer für keine.
# en: 2d153348
setting-microphone = Mikrofon
    .meaning = Name des Eingabegeräts oder einer Quelle des Klangservers; leer für die Voreinstellung des Systems.
    .hint = { "" }
# en: 7334c89a
setting-preroll = Hören, was kurz vor der Taste gesagt wird
    .meaning = Lässt das Mikrofon offen und hält die letzten 0,3 Sekunden im Arbeitsspeicher, damit ein vor der Taste begonnenes Wort gehört wird; eine Markierung in der Leiste zeigt es. Bei gesperrtem Bildschirm wird nichts behalten.
    .hint = Das Mikrofon bleibt offen, die letzten 0,3 Sekunden bleiben im Arbeitsspeicher; ein Punkt am Symbol zeigt es. Bei gesperrtem Bildschirm wird nichts behalten.
# en: 89961c42
setting-model = Spracherkennungsmodell
    .meaning = Ordner eines Spracherkennungsmodells oder sein Name unter models/; leer für die mitgelieferten.
    .hint = Was aus Sprache Text macht, allein auf diesem Rechner.
# en: 94fd6a0d
setting-model-unload-min = Speicher freigeben nach
    .meaning = Minuten ohne ein Wort, nach denen der Speicher des Spracherkennungsmodells zurückgegeben wird; der nächste Druck lädt es wieder. 0 behält es.
    .hint = Wenn so lange nichts gesagt wird; der nächste Druck lädt es wieder.
    .zero = Nie
    .zero-within = nie
# en: 5e43297d
setting-voice = Stimme
    .meaning = Name der Stimme; leer für die Voreinstellung des Systems.
    .hint = { "" }
# en: a043ecf9
setting-speech-rate = Tempo
    .meaning = Wörter in der Minute.
    .hint = { "" }
# en: c9d9cd18
setting-volume = Lautstärke
    .meaning = Lautstärke der Stimme in Prozent.
    .hint = Nur die der Stimme; die Lautstärke des Rechners kommt dazu.
# en: ce50f66b
setting-speak = Antworten vorlesen
    .meaning = Antworten vorlesen; aus zeigt sie nur.
    .hint = Aus: Antworten werden nur gezeigt.
# en: 56a89af5
setting-media-while-listening = Musik und Filme
    .meaning = Was aus Musik und Filmen wird, während zugehört oder gesprochen wird: pause hält an, was sich anhalten lässt, lower macht alle leiser, leave lässt sie. Nur was lief, läuft danach weiter.
    .hint = Während zugehört oder gesprochen wird. Nur was lief, läuft danach weiter.
    .pause = Anhalten, wo das geht
    .lower = Leiser machen
    .leave = Lassen, wie sie sind
# en: 756fab97
setting-sounds = Kurze Töne
    .meaning = Ein kurzer, leiser Ton, wenn zugehört wird, wenn etwas gehört wurde und wenn etwas schiefging.
    .hint = Wenn zugehört wird, wenn etwas gehört wurde und wenn etwas schiefging.
# en: eaeb5046
setting-overlay = Gehörtes und Antworten erscheinen
    .meaning = Wie Gehörtes und Antworten erscheinen: auto (in einer Anzeige am Rand des Bildschirms, wo der Desktop einen Platz dafür hat; sonst als Benachrichtigungen), window (die Anzeige ist ein Fenster über X11, auch unter Wayland, ab dem nächsten Start), notification (keine Anzeige; das Symbol in der Leiste und Benachrichtigungen).
    .hint = Unter Wayland gilt ein anderer Weg als der erste womöglich erst ab dem nächsten Start.
    .auto = Wie der Desktop es kann
    .window = In einem Fenster von X11
    .notification = Als Benachrichtigungen
# en: 0611a87c
setting-overlay-s = Antworten bleiben sichtbar
    .meaning = So viele Sekunden bleibt die Anzeige nach einer Antwort.
    .hint = Danach verschwindet die Anzeige am Rand des Bildschirms.
# en: 15137035
setting-local-backups = Auf diesem Rechner sichern
    .meaning = Erstellt an Tagen, an denen Sottovoce benutzt wird, auf diesem Rechner eine verschlüsselte Sicherung.
# en: b4f0196a
setting-keep-days = Nachrichten behalten
    .meaning = Tage, die Nachrichten behalten werden; 0 behält sie für immer.
    .hint = Ältere werden gelöscht, auch aus den Sicherungen.
    .zero = Für immer
    .zero-within = für immer
# en: 7310321c
setting-language-model-address = Adresse
    .meaning = Wo ein Sprachmodell antwortet, etwa http://127.0.0.1:8080/v1; leer für keines. Es wird gefragt, was keine Fähigkeit beantworten kann; `sottovoce egress` zeigt, was gesendet wurde.
    .hint = Etwa http://127.0.0.1:8080/v1; leer für keines. Es wird gefragt, was Sottovoce nicht selbst beantworten kann.
# en: fdf11893
setting-own-network = Auch mein eigenes Netz
    .meaning = Namen und Adressbereiche, die auch zu deinem eigenen Netz gehören, durch Kommas getrennt: nas, fritz.box, 100.64.0.0/10. Fragen und was so weit reisen darf gehen dann dorthin, auch unverschlüsselt.
# en: 402b7272
setting-language-model-name = Modell
    .meaning = Welches Modell dort gefragt wird; leer überlässt die Wahl dem Server.
# en: 4fe9c143
setting-update-address = Neues über Versionen
    .meaning = Wo Neues über Versionen signiert veröffentlicht wird; einmal am Tag wird gefragt, ob es eine neuere gibt. Leer für nirgends: Dann wird niemand gefragt. Heruntergeladen oder installiert wird nie etwas.
    .hint = Wo es veröffentlicht wird; gefragt wird einmal am Tag. Leer für nirgends.
# en: 18f44554
setting-update-key = Schlüssel der Herausgeber
    .meaning = Der minisign-Schlüssel der Herausgeber, mit dem solche Neuigkeiten signiert sein müssen: RW und 54 Zeichen.
    .hint = Von minisign: eine Zeile, die mit RW beginnt. Nur damit signierte Neuigkeiten zählen.
# en: cf0ca450
setting-calendars = Kalenderdateien
    .meaning = Ordner mit iCalendar-Dateien (.ics), die andere Programme führen: Ihre Termine kommen in den Antworten vor und werden nie geändert. Leer für keinen.
    .hint = Ein ganzer Pfad; die Dateien werden nur gelesen. Leer für keinen.
# en: 93f57ae5
setting-traces-address = Zeiten der Runden
    .meaning = Wo ein Sammler von OpenTelemetry die Zeiten der Schritte jeder Runde entgegennimmt, etwa http://127.0.0.1:4318; leer für nirgends. Kein Wort steht darin; `sottovoce egress` zeigt, was gesendet wurde. Ab dem nächsten Start; nötig ist das Extra `tracing`.
    .hint = Etwa http://127.0.0.1:4318, ein Sammler von OpenTelemetry; leer für nirgends. Ab dem nächsten Start.
# en: 781fe829
setting-log-format = Das Protokoll wird geschrieben als
    .meaning = Wie das Protokoll geschrieben wird: text (eine Zeile für Menschen) oder json (ein Objekt je Zeile, für Programme).
    .text = Zeilen für Menschen
    .json = JSON, ein Objekt je Zeile
# en: 526968b6
setting-user = Aufbewahrt unter dem Namen
    .meaning = Name, unter dem die Gespräche dieses Rechners aufbewahrt werden.
# en: 2b4555b4
setting-api = Lokale Schnittstelle
    .meaning = Lässt andere Programme dieses Rechners, jedes mit einem Schlüssel (`sottovoce api key create`), mit dem Assistenten reden.
    .hint = Nur für Programme auf diesem Rechner, jedes mit einem eigenen Schlüssel: `sottovoce api key create`.
# en: 76eeb80f
setting-api-port = Port der lokalen Schnittstelle
    .meaning = Port der lokalen Schnittstelle auf 127.0.0.1; 0 für irgendeinen freien.
    .hint = Auf 127.0.0.1.
    .zero = Irgendein freier
    .zero-within = irgendein freier
# en: 494e7dbe
setting-api-wyoming-port = Port für Home Assistant (Wyoming)
    .meaning = Port auf 127.0.0.1, an dem neben der lokalen Schnittstelle auch das Wyoming-Protokoll gesprochen wird; es kennt keine Schlüssel. 0 für keinen.
    .hint = Auf 127.0.0.1, für deine Programme; es kennt keine Schlüssel.
    .zero = Keiner
    .zero-within = keiner
