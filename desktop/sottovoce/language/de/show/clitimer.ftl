# `sottovoce timer`, `alarm` und `reminder`.

# en: ca5d05a9
clitimer-words = So wird `{ $what }` nicht aufgerufen.
    .remedy = Ruf es mit `--help` auf.
# en: 89dfd178
clitimer-name-elsewhere = `--name` gehört zu `add`.
# en: 8e04d50a
clitimer-when-elsewhere = `--when` gehört zu `reminder add`.
# en: 3031e46f
clitimer-left = noch { $left } s
# en: 5efbfc08
clitimer-none = Es ist nichts gestellt.
# en: 4739f42a
clitimer-silent = Nichts meldet sich, solange die Anwendung nicht läuft: Starte `sottovoce`.
# en: 2aa9faee
clitimer-no-length = Das ist keine Dauer.
    .remedy = Sag es so: zehn Minuten.
# en: f8485fbc
clitimer-no-time = Das ist keine Uhrzeit, die noch kommt.
    .remedy = Sag es so: morgen um neun Uhr, in zehn Minuten, werktags um sieben Uhr.
