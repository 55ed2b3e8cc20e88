# `sottovoce note`.

clinote-words = That is not what `note { $what }` takes.
    .remedy = Run `sottovoce note --help`.
clinote-limit-elsewhere = `--limit` belongs to `note list`.
clinote-none = There are no notes.
clinote-no-note = There is no such note of this user.
    .remedy = See `sottovoce note list`.
