# Die Anzeige am Rand des Bildschirms.

# en: 6fe6dd4d
overlay-title = Sottovoce-Anzeige
# en: 98660163
overlay-name = Sottovoce
# en: 6c0aea36
overlay-invitation = Sag etwas …
# en: c79bbe73
overlay-nothing-heard = Ich habe nichts gehört.
# en: bc500d56
overlay-hint-listening = lass los, wenn du fertig bist
# en: c2abd570
overlay-hint-listening-on = drücke die Taste, wenn du fertig bist
# en: b8dc160c
overlay-hint-listening-no-key = wähle „Fertig“, wenn du fertig bist
# en: d4da9364
overlay-hint-speaking = drücke die Taste, um zu unterbrechen
# en: 166d2b18
overlay-left = { $seconds ->
    [one] noch { $seconds } Sekunde
   *[other] noch { $seconds } Sekunden
}
# en: d9d04548
overlay-more = Die ganze Antwort steht im Verlauf.
# en: 43195b27
overlay-unfinished = Das hast du gefragt, bevor Sottovoce stehen blieb. Jetzt beantworten?
# en: 5205d47b
overlay-unfinished-how = Wähle „Beantworten“ oder „Vergessen“ im Menü des Symbols oder im Fenster.
