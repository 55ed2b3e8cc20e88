# Der Wiederherstellungscode: gezeigt, bestätigt, neu gemacht.

# en: 27dd29b8
recovery-title = Wiederherstellungscode
# en: 368d2799
recovery-what-for = Falls dieser Rechner je den Schlüssel zu deinen Gesprächen verliert, führt dieser Code zu ihnen zurück. Schreibe ihn auf und bewahre ihn nicht beim Rechner auf: Wer den Code und deine Dateien hat, kann alles lesen.
# en: 0bff629b
recovery-confirm = &Tippe eine beliebige Gruppe daraus, um zu zeigen, dass du ihn hast:
# en: 595b0be9
recovery-once = Er ist nirgends gespeichert. Bis du eine Gruppe daraus getippt hast, zeigt ihn das Menü des Symbols in der Leiste noch einmal; der nächste Start kann nur einen neuen erstellen.
# en: 094b7da7
recovery-copied = Kopiert. Andere Programme können die Zwischenablage lesen; sie wird deshalb in { $seconds } Sekunden geleert, außer du kopierst etwas anderes.
# en: 18ce83f5
recovery-saved = Gespeichert als { $file }. Drucke es aus und lösche dann die Datei: Sie enthält den Code unverschlüsselt.
# en: c27411cc
recovery-printed = An den Drucker gegeben. Hole das Blatt selbst ab.
# en: 50dcf846
recovery-remind = Ein Wiederherstellungscode wurde { $made } erstellt, aber du hast noch nicht gezeigt, dass du ihn hast. Wenn du ihn hast, tippe ihn hier. Wenn nicht, erstelle jetzt einen neuen.
# en: 0f896b54
recovery-replace = Ein Wiederherstellungscode wurde { $made } erstellt. Er ist nirgends gespeichert und kann deshalb nicht noch einmal gezeigt werden. Ein neuer setzt ihn außer Kraft, auch auf jedem gedruckten Blatt, sobald du eine Gruppe des neuen getippt hast.
# en: 44b92783
recovery-first = Es gibt noch keinen Wiederherstellungscode. Ohne ihn öffnet nichts deine Gespräche, wenn der Schlüsselbund ihren Schlüssel verliert.
# en: 182719d5
recovery-unlooked = Was du getippt hast, wurde noch nicht angesehen.
# en: f486a975
recovery-save-dialog = Blatt mit dem Wiederherstellungscode speichern
# en: ca776156
recovery-code-name = Wiederherstellungscode
# en: e2e9a74e
recovery-copy = &Kopieren
# en: 282cbb7b
recovery-save = Als &PDF speichern …
# en: 189bc74b
recovery-print = &Drucken …
# en: 37ff0bfd
recovery-group-name = Eine Gruppe des Wiederherstellungscodes
# en: bb051650
recovery-keep = Bewahre diesen Wiederherstellungscode auf
# en: 4debaa6a
recovery-whole = Wiederherstellungs&code:
# en: affc00f4
recovery-yours = Dein Wiederherstellungscode
# en: f72b0a75
recovery-have = Ich &habe ihn
# en: 28ecfc7b
recovery-make = &Neuen Code erstellen
# en: 76c6cb8f
recovery-done = &Fertig
