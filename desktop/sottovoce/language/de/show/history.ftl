# Das Fenster: was gesagt wurde.

# en: ce029171
history-title = Sottovoce
# en: 99114f23
history-search = Suche in allem, was gesagt wurde
# en: 9a176419
history-whole = Was gesagt wurde, vollständig
# en: 7f88667b
history-nothing-yet = Noch nichts gesagt. Halte { $key } und sprich, oder drücke auf „Sprechen“.
# en: 6f934ffb
history-nothing-yet-toggle = Noch nichts gesagt. Drücke { $key }, sprich, und drücke noch einmal; oder drücke auf „Sprechen“.
# en: 4d30e4d6
history-nothing-yet-no-key = Noch nichts gesagt. Drücke auf „Sprechen“.
# en: d17ebd59
history-nothing-found = Nichts, was du gesagt oder gehört hast, passt dazu.
# en: 6248d1c9
history-no-tray = Dieser Desktop zeigt keine Symbole in der Leiste. Dafür ist dieses Fenster da; `sottovoce show` holt es zurück.
# en: 181eac17
history-back-to-found = &Zurück zu den Treffern
# en: de49b2cd
history-offer = Eine Frage ohne Antwort
# en: 4ecf5923
history-quoted = „{ $question }“
# en: 1af135a7
history-answer = &Beantworten
# en: 5998130b
history-forget = &Vergessen
# en: 53f3fd61
history-talk = &Sprechen
# en: 9bf8657d
history-finish = &Fertig
# en: 0d820111
history-stop = &Anhalten
# en: 45420a88
history-more = &Mehr
# en: 159c4f1b
history-newest-first = Was gesagt wurde, das Neueste zuerst
# en: f2381a3a
history-you = Du
# en: 882ca887
history-it = Sottovoce
# en: 0dc8d7cc
history-unanswered = noch nicht beantwortet
# en: 3a6aa680
history-cut-short = (abgebrochen)
# en: 4c2bbdae
history-goes-on = … (die Eingabetaste zeigt alles)
