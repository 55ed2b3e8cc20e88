# Kennzahlen: `sottovoce stats` und das Fenster „Diagnose“.

# en: 3bb3cd19
figures-step-seconds = Wie lange ein Schritt einer Runde dauerte.
# en: 8f553f11
figures-wait-seconds = Vom Ende des Gesagten bis zur Stimme.
# en: 064d069b
figures-turns = Runden, nach ihrem Ausgang.
# en: d363f8fa
figures-answers = Antworten, nach ihrer Herkunft.
# en: d5b070f3
figures-question-errors = Fragen ohne Antwort, nach dem Code des Fehlers.
# en: a4d548d3
figures-troubles = In Runden gemeldete Störungen, nach ihrem Code.
# en: 8afe61c5
figures-tool-calls = Aufrufe von Werkzeugen, nach dem, was sie tun.
# en: 91349899
figures-tool-errors = Fehlgeschlagene Aufrufe von Werkzeugen, nach dem Code des Fehlers.
# en: 1832f727
figures-model-requests = Fragen an ein Sprachmodell.
# en: 42d08ee7
figures-model-shared = Fragen, denen eine Antwort des Sprachmodells auf dieselbe Frage zur selben Zeit genügte.
# en: 6266ad0a
figures-model-first-seconds = Von der Frage bis zum ersten Wort des Sprachmodells.
# en: 3c2893ea
figures-model-errors = Fehlgeschlagene Fragen an ein Sprachmodell, nach dem Code des Fehlers.
# en: ba4b0d3a
figures-model-failing = Fragen an das Sprachmodell, die hintereinander fehlschlugen; 0, wenn die letzte beantwortet wurde.
# en: 3df4a1d9
figures-cache-looks = Blicke in den Zwischenspeicher.
# en: 03321d0a
figures-cache-stale = Abgelaufene Antworten, die gegeben wurden.
# en: dcdc870c
figures-cache-loads = Antworten aus der Datenbank statt neu gemacht.
# en: 09bf8691
figures-cache-generations = Neu gemachte Antworten.
# en: be46c22a
figures-cache-failures = Antworten, die nicht gemacht werden konnten.
# en: d0bd3834
figures-cache-waits = Aufrufer, die auf die Antwort eines anderen warteten.
# en: 8062e914
figures-cache-evictions = Antworten, die aus Platzmangel den Zwischenspeicher verließen.
# en: faf58376
figures-cache-entries = Antworten im Zwischenspeicher.
# en: c8039f81
figures-cache-bytes = Größe der Antworten im Zwischenspeicher.
# en: 9718bd66
figures-cache-lock-wait-seconds = Wartezeit auf die Sperre des Zwischenspeichers.
# en: 9dc9cff9
figures-cache-unwritten = Änderungen des Zwischenspeichers, die noch nicht in der Datenbank sind.
# en: eca00f7c
figures-store-queue = Aufrufe, die auf die Datenbank warten.
# en: 5f55f2a9
figures-store-group = Schreibvorgänge, die sich eine Transaktion teilten.
# en: 74991161
figures-store-commit-seconds = Wie lange eine Transaktion dauerte.
# en: 93e26617
figures-store-bytes = Größe der Datenbank.
# en: e6dfa976
figures-sound-blocks = Tonblöcke vom Mikrofon, je 20 ms.
# en: 59c63460
figures-sound-dropped = Verworfene Tonblöcke.
# en: 2f89cdd7
figures-api-requests = Anfragen an die lokale Schnittstelle, nach Ziel und Ausgang.
# en: a9a910d8
figures-api-request-seconds = Wie lange eine Anfrage an die lokale Schnittstelle dauerte.
# en: f0cb11c3
figures-backups = Sicherungen auf diesem Rechner.
# en: a9107060
figures-backup-age-seconds = Alter der neuesten Sicherung.
# en: dcd65820
figures-memory-bytes = Speicher, den das Programm belegt.
# en: 98fd4b43
figures-up-seconds = Zeit seit dem Start des Programms.
# en: cff9b317
figures-program = Das Programm, nach seiner Version.

# Ein Histogramm.
# en: 16832fff
figures-spread = { $count ->
    [0] keine
   *[other] { $count }: die Hälfte in { $usual }, 95 % in { $slowest }
}
# en: bd3d5f04
figures-seconds = { NUMBER($seconds) } s
# en: f3db8479
figures-bytes = { NUMBER($mebibytes) } MiB
# en: c824892a
figures-words = So wird `stats { $what }` nicht aufgerufen.
    .remedy = Ruf `sottovoce stats --help` auf.
# en: 940ff3e9
figures-report-written = Ein Bericht ohne etwas Gesagtes wurde geschrieben: { $file } ({ $parts }). Sieh ihn an, bevor du ihn verschickst.
