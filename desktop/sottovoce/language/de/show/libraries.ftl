# Eine Bibliothek, die Fenster brauchen und dem System fehlt: im Terminal gesagt, bevor es ein Fenster gibt.

# en: 002dca7c
libraries-missing = Eine Bibliothek, die Fenster brauchen, fehlt: { $library }.
# en: 85912e30
libraries-missing-and-more = Eine Bibliothek, die Fenster brauchen, fehlt: { $library } (und { $count } weitere).
# en: 2fcf4956
libraries-install-again = Installiere Sottovoce noch einmal: Ein Teil davon fehlt oder passt nicht zu diesem Rechner.
# en: cd9ce773
libraries-apt = Installiere sie: sudo apt-get install { $packages }
# en: 1641c50a
libraries-dnf = Installiere sie: sudo dnf install { $packages }
# en: 9127bb9b
libraries-zypper = Installiere sie: sudo zypper install { $packages }
# en: e1c4bb02
libraries-carried = Installiere die Pakete deines Systems, die { $libraries } enthalten.
