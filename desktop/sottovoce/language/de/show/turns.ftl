# Runden: was außer den Fehlern ihrer Teile von ihnen gesagt wird.

# en: a4564e13
turns-answer-interrupted = Die Antwort wurde unterbrochen.
    .remedy = Frag noch einmal, wenn niemand spricht.
# en: 9c4d8a2e
turns-too-many-wait = Zu viele Fragen warten darauf, laut beantwortet zu werden.
    .remedy = Frag gleich noch einmal.
# en: bcc04a6e
turns-answer-not-kept = Während der Antwort wurde etwas davon gelöscht, deshalb wurde sie nicht aufbewahrt.
    .remedy = Frag noch einmal, wenn du es noch wissen willst.
# en: 3d87bff4
turns-no-moment = Der Zeitpunkt eines Aufrufs ist eine Zahl von Sekunden.

# Wie lange die letzten Runden gedauert haben.

# en: a4af3974
turns-took = { $count ->
    [0] Seit dem Start wurde nichts laut beantwortet.
    [one] Die letzte Antwort begann { NUMBER($usual) } s nach der Frage.
   *[other] Die letzten { $count } Antworten begannen in der Regel { NUMBER($usual) } s nach der Frage, die langsamste nach { NUMBER($slowest) } s.
}

# `sottovoce turns`: eine Tabelle mit einer Zeile je Runde.

# en: 1fecac79
turns-none = Seit dem Start der Anwendung gab es keine Runde.
# en: fd95a567
turns-heading = Millisekunden ab dem Tastendruck, oder ab der getippten Frage:
# en: c684c89a
turns-id = ID
# en: 5f8a0775
turns-ended = zu Ende
# en: a4ba593c
turns-how = wie
# en: e69da19c
turns-stage = { $stage ->
    [first_sound] Ton
    [release] losgelassen
    [text] Text
    [stored] gespeichert
    [first_voice] Stimme
   *[end] Ende
}
# `sottovoce turns show ID`: eine Zeile je Stufe einer Runde.
# en: b4bb69ef
turns-one = Runde { $number }, vor { LENGTH($seconds, case: "dative") }: { $kind }.
# en: f37b0427
turns-one-heading = Millisekunden ab dem Tastendruck, oder ab der getippten Frage, und ab der Stufe davor:
# en: 698852f0
turns-words = So wird `turns { $what }` nicht aufgerufen.
    .remedy = Ruf `sottovoce turns --help` auf.
# en: c808bc6b
turns-no-turn = So eine Runde ist nicht unter den letzten zehn.
    .remedy = Sieh ihre IDs mit `sottovoce turns` nach.
# en: 56068625
turns-ago = vor { LENGTH($seconds, case: "dative") }
# en: 8720d1ed
turns-kind = { $kind ->
    [spoken] beantwortet
    [typed] getippt, beantwortet
    [aside] still beantwortet
    [silence] nichts verstanden
    [cancelled] abgebrochen
   *[failed] fehlgeschlagen
}
