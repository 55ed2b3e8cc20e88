# Die Begrüßung beim ersten Start.

# en: f728dfee
welcome-title = Willkommen bei Sottovoce
# en: 8fca514b
welcome-title-step = Willkommen bei Sottovoce: { $step }
# en: 51d90287
welcome-place = Schritt { $number } von { $count }
# en: 09bdec75
welcome-named = { $place }: { $step }
# en: 00e0edd0
welcome-announced = { $named }.
# en: c0b36266
welcome-skip = Begrüßung ü&berspringen
# en: 3c00814b
welcome-next = &Weiter
# en: dc84b4f3
welcome-key = Deine Taste zum Sprechen
    .intro = Sottovoce hört nur zu, solange du willst. Halte diese Taste einen Moment und lass sie los: Beides muss hier zu sehen sein. Gehört sie einem anderen Programm, wähle eine andere.
# en: 4c1da24f
welcome-microphone = Dein Mikrofon
    .intro = Wähle das Mikrofon, in das du sprichst. Was du in der Probe von dir hörst, hört auch Sottovoce.
    .label = &Mikrofon:
# en: 0be38e1a
welcome-say = Sag etwas
# en: 707b149b
welcome-say-intro = { $how } Sag zum Beispiel: „Wie spät ist es?“ Das wird auf diesem Rechner verstanden, und nichts verlässt ihn.
# en: 0b5a840a
welcome-press-talk = Drücke auf „Sprechen“.
# en: 9660679a
welcome-talk = &Sprechen
# en: 9b1fe639
welcome-finish-talking = &Fertig gesprochen
# en: edaabbce
welcome-listening = Hört zu …
# en: 4f66186c
welcome-nothing = Es war nichts zu hören. Versuche es noch einmal, näher am Mikrofon.
# en: c287dab6
welcome-you = Du: { $words }
# en: 4c1dcf8b
welcome-it = Sottovoce: { $words }
# en: 9686ab37
welcome-voice = Die Stimme
    .intro = Antworten werden auch vorgelesen. Wähle, wer sie spricht; Tempo und Lautstärke findest du in den Einstellungen.
    .label = &Stimme:
# en: 4e77e129
welcome-recovery = Dein Wiederherstellungscode
