# `sottovoce models`.

# en: 58152361
climodels-no-word = `models { $what }` braucht keinen Namen.
# en: 29fd1e34
climodels-one-word = `models { $what }` braucht einen Namen oder Pfad.
# en: fdca3794
climodels-refresh-elsewhere = `--refresh` gehört zu `models list`.
# en: e74538c4
climodels-installed = Installiert:
# en: 18e1430f
climodels-begun = Begonnen: { $name }, { $size } sind da; `sottovoce models install { $name }` macht weiter, `models remove` verwirft es.
# en: 3ae9c79c
climodels-offered = Lässt sich installieren:
# en: 705d959f
climodels-nothing-offered = Sonst lässt sich nichts installieren.
# en: 797684cb
climodels-shipped = mitgeliefert
# en: 0194aae9
climodels-linked = verlinkt
# en: 4fa25020
climodels-in-use = in Gebrauch
# en: 23cc60e1
climodels-not-tried = noch nicht ausprobiert
# en: 047be455
climodels-language-unknown = Sprache unbekannt
# en: 168bac41
climodels-licence-unknown = Lizenz unbekannt
# en: 9c9d6af4
climodels-done = Das Modell { $name } ist installiert und ausprobiert.
# en: 8bdb1266
climodels-to-use = Um es zu verwenden: `sottovoce settings set model { $name }`.
# en: f50ebf27
climodels-heard-only = Es versteht { $language }; in dieser Sprache wird nicht geantwortet, es taugt also für `transcribe`.
# en: a5e15b75
climodels-no-licence = Nichts darin sagt, unter welcher Lizenz es verwendet werden darf.
# en: fba258d3
climodels-all-here = Alle Modelle, die die Richtlinie nennt, sind da.
# en: 58620239
climodels-imported = Installiert: { $models }.
# en: 4cd50e85
climodels-removed = Das Modell { $name } ist entfernt.
# en: 619aa442
climodels-looking-up = Sieht die Prüfsumme nach
# en: 8d0229e3
climodels-downloading = Lädt herunter
# en: e4b87e94
climodels-checking = Prüft
# en: 00a2fa8f
climodels-unpacking = Entpackt
# en: 190d30fe
climodels-proving = Probiert es aus
# en: acec3950
climodels-step-of = { $step } { $done } von { $total }
