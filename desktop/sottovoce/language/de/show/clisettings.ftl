# `sottovoce settings`.

# en: a95f267e
clisettings-words = `settings { $what }` braucht andere Wörter.
    .remedy = `sottovoce settings --help` zeigt die richtige Form.
# en: 4665bba9
clisettings-unknown = Es gibt keine Einstellung mit diesem Namen.
    .remedy = Sieh in `sottovoce settings list` nach.
# en: 97cb3d5c
clisettings-bounds = , { $low } bis { $high }
# en: b5aead8c
clisettings-empty = (leer)
# en: bf082a53
clisettings-default = voreingestellt { $value }
# en: c5217a82
clisettings-default-empty = voreingestellt leer
# en: 749dd74d
clisettings-at-start = Das gilt vom nächsten Start an.
# en: 88590b0a
clisettings-kind-text = Text
# en: f20591ef
clisettings-kind-whole = ganze Zahl
# en: 68e47f3c
clisettings-kind-number = Zahl
# en: ef2d9db2
clisettings-kind-switch = true oder false
