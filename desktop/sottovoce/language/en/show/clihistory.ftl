# `sottovoce history`.

clihistory-list-words = `history list` takes no words.
    .remedy = To search, run `sottovoce history search TEXT`.
clihistory-needs-words = `history { $what }` needs what to look for.
    .remedy = Run `sottovoce history --help`.
clihistory-best-elsewhere = `--best` belongs to `history search`.
clihistory-answer-elsewhere = `--answer` and `--dismiss` belong to `history unfinished`.
clihistory-nothing-said = Nothing has been said yet.
clihistory-nothing-found = Nothing found.
clihistory-cut-short = (cut short)
clihistory-all-answered = Every question has been answered.
clihistory-dismissed = It will not be offered again.
clihistory-no-conversation = There is no conversation with this id.
    .remedy = See `sottovoce history list`.
clihistory-no-question = No such question waits for its answer.
    .remedy = See `sottovoce history unfinished`.
clihistory-best-in-one = The best hits come in one page alone.
    .remedy = Leave `older_than` out, or search without `best`.
