# `sottovoce memory`.

climemory-words = That is not what `memory { $what }` takes.
    .remedy = Run `sottovoce memory --help`.
climemory-kind-elsewhere = `--kind` and `--reach` belong to `memory add`.
climemory-none = Nothing is remembered yet.
climemory-already = It is remembered already:
climemory-replaces = It takes the place of: { $text }
climemory-forgotten = { $backups ->
    [0]
        It is forgotten, with all that was made from it.
        What was said stands in the history until its conversation is erased (`sottovoce erase --conversation ID`).
   *[other]
        It is forgotten, with all that was made from it; { $backups } backups were written anew without it.
        What was said stands in the history until its conversation is erased (`sottovoce erase --conversation ID`).
}
climemory-holds-no-longer = (holds no longer)
climemory-none-used = No memory was used for this.
climemory-nothing-to-remember = There is nothing to remember.
    .remedy = Give it as text, for example: i like python.
climemory-no-message = There is no message with this id.
    .remedy = See `sottovoce history show ID --json`.
climemory-no-message-of-user = There is no message of this user with this id.
    .remedy = Name its user with `--user`.
