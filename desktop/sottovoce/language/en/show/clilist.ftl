# `sottovoce list`.

clilist-words = That is not what `list { $what }` takes.
    .remedy = Run `sottovoce list --help`.
clilist-name-elsewhere = `--list` belongs to `add`, `done` and `remove`.
clilist-none = There are no lists.
clilist-empty = { $name }: nothing on it
clilist-no-list = There is no list called “{ $name }”.
    .remedy = See `sottovoce list`.
clilist-no-thing = “{ $thing }” is not on the list “{ $name }”, or it may be several things there.
    .remedy = Write it as `sottovoce list` shows it, and name the list with `--list`.
