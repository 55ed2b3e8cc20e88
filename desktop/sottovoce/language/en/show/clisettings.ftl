# `sottovoce settings`.

clisettings-words = `settings { $what }` needs other words.
    .remedy = See `sottovoce settings --help` for the right form.
clisettings-unknown = There is no setting of this name.
    .remedy = See `sottovoce settings list`.
clisettings-bounds = , { $low } to { $high }
clisettings-empty = (empty)
clisettings-default = default { $value }
clisettings-default-empty = empty by default
clisettings-at-start = It holds from the next start on.
clisettings-kind-text = text
clisettings-kind-whole = whole number
clisettings-kind-number = number
clisettings-kind-switch = true or false
