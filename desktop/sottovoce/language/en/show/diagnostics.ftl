# The Diagnostics window.

diagnostics-title = Sottovoce: Diagnostics
diagnostics-intro = What was counted and timed since the start. Nothing that was said is in it.
diagnostics-figures = Figures
# A row: $figure says what it is.
diagnostics-row = { $figure }: { $value }
diagnostics-refresh = Look again
diagnostics-save = Save a report…
diagnostics-dialog = Save a report
