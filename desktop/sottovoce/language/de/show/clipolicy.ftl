# `sottovoce policy`.

# en: e6d06634
clipolicy-one-file = `policy check` nimmt eine Datei und `policy show` keine.
# en: 0ef2359d
clipolicy-none = Auf diesem Rechner gibt es keine Richtlinie.
# en: 24aa0a57
clipolicy-usable = Sie lässt sich verwenden.
# en: 8525b324
clipolicy-reserved = vorgemerkt: Noch gibt es nichts, was das schützt
# en: 1dcca6b4
clipolicy-user-chooses = der Benutzer wählt
# en: bda2666e
clipolicy-on = an
# en: cc2945b0
clipolicy-off = aus
# en: a429f0fd
clipolicy-nothing = nichts
# en: 85e20afe
clipolicy-recommended = empfohlen, { $place }
