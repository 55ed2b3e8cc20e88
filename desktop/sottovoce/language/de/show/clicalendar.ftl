# `sottovoce calendar`.

# en: 37a1150f
clicalendar-words = So wird `calendar { $what }` nicht aufgerufen.
    .remedy = Ruf `sottovoce calendar --help` auf.
# en: 0095de42
clicalendar-since-elsewhere = `--since` und `--until` gehören zu `calendar list`.
# en: f2a023d6
clicalendar-none = Da steht nichts im Kalender.
# en: b8640247
clicalendar-no-day = „{ $text }“ ist kein Tag.
    .remedy = Schreib ihn so: 2026-11-30.
# en: 9a13b5c1
clicalendar-too-far = Der letzte Tag liegt vor dem ersten, oder mehr als zehn Jahre danach.
    .remedy = Nenne Tage, die näher beieinander liegen.
# en: 6c69561f
clicalendar-also = Zur selben Zeit: { $title }
# en: 09c7664a
clicalendar-no-time = Es braucht einen Titel und eine Zeit.
    .remedy = Zum Beispiel: mittagessen mit anna morgen um eins.
# en: d48eab7f
clicalendar-removed = Aus dem Kalender genommen: { $title }
# en: f923474e
clicalendar-no-event = Einen Termin, dessen ID so beginnt, gibt es bei diesem Benutzer nicht.
    .remedy = Sieh mit `sottovoce calendar list` nach; Termine beobachteter Dateien ändert man in dem Programm, aus dem sie kommen.
# en: 973724db
clicalendar-imported = { $events ->
    [one] { $events } Termin steht jetzt im Kalender, davon { $new } neu.
   *[other] { $events } Termine stehen jetzt im Kalender, davon { $new } neu.
}
# en: aa0db06f
clicalendar-exported = { $events ->
    [one] { $events } Termin wurde unverschlüsselt geschrieben: { $file }
   *[other] { $events } Termine wurden unverschlüsselt geschrieben: { $file }
}
