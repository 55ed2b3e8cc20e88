"""What can be asked of Sottovoce, each operation declared once; every front end is made from the declaration.

The command line with its help and completion, the protocol of the socket, the `--json` forms, their JSON Schema
(`sottovoce schema`) and the windows' calls read the same declaration, so that none of them can differ from another.

To add an operation, write in the file of its family (`history.py` is a plain one to copy):

1. What it answers: a class of `Values` under `@values`, its fields in the order of the `--json` form.
2. What it is asked: a class of `Asks[…]` under `@values`. A field is a text, a whole number, a number, true or false, a
   path, a `StrEnum`, a moment (`UnixTime`), a table (`Mapping[str, Any]`, in answers), values of another class, or a
   tuple of these; `None` stands for "not given". In `Annotated` stand its bounds (`Between`, checked for every front
   end), its marks (`FILLED`, `LEFT_OUT`, `SECRET`), and where the command line has it: `Word`, `Rest`, `Option`. What
   has no place there is for the socket alone.
3. One function under `@FAMILY.operation(name, Asked, Answered, effect=…, prints=…)`. It gets what it `needs` (an open
   `Home`, unless it says otherwise) and what is asked, returns the answer, and raises `SottovoceError`s. It holds the
   rule; a front end holds none. `prints` is the answer in words for people.
4. Its words in `language/en/show/cliFAMILY.ftl`, and in `cli.ftl` an example for its command's help (`.examples`).
5. Its test, beside those of its family. `tests/unit/test_operations.py` walks all operations by itself: each has
   words, a schema, an example that the command line and the socket ask alike, a test, and its place in the docs.

A command of its own is one more `Family` with a line in `registry.COMMANDS`. Where a command asks its user something
before or after (a secret, a "yes"), `commands/asked.py` names a function of `commands/` for it, which asks operations
in turn.

These files don't have `from __future__ import annotations`: fields are read as they are. They import the domain alone,
and of that what their fields are made of; all else is loaded by the functions that use it, because `sottovoce
completion` loads every family.
"""
