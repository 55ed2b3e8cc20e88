# Das Fenster „Diagnose“.

# en: a8c625c5
diagnostics-title = Sottovoce: Diagnose
# en: 5079558c
diagnostics-intro = Was seit dem Start gezählt und gemessen wurde. Nichts Gesagtes steht darin.
# en: b84eda22
diagnostics-figures = Kennzahlen
# en: 2a5b448a
diagnostics-row = { $figure }: { $value }
# en: 913f9831
diagnostics-refresh = Noch einmal nachsehen
# en: f04a398c
diagnostics-save = Bericht speichern …
# en: d7f43c82
diagnostics-dialog = Bericht speichern
