# `sottovoce microphone`.

# en: cb712e06
climicrophone-list-words = `microphone list` nimmt keine Wörter.
    .remedy = Sieh in `sottovoce microphone --help` nach.
# en: 03c95598
climicrophone-default = wie im System
# en: 8cba9e5c
climicrophone-monitor = gibt wieder, was ein Lautsprecher spielt
# en: 38d31693
climicrophone-none = Es wurde kein Mikrofon gefunden.
# en: 8c83c341
climicrophone-chosen = In den Einstellungen: { $name }.
# en: 495015e3
climicrophone-chosen-default = In den Einstellungen: wie im System.
# en: 42a7cfe8
climicrophone-how = `sottovoce settings set microphone NAME` wählt eines; `sottovoce microphone test [NAME]` probiert eines aus.
# en: 9b0c1845
climicrophone-speak = Sag etwas, { $seconds } Sekunden lang …
# en: ef7a3792
climicrophone-loudest = Der lauteste Ton lag { $below_full } dB unter der Vollaussteuerung.
