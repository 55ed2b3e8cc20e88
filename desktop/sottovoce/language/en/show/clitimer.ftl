# `sottovoce timer`, `alarm` and `reminder`.

clitimer-words = That is not what `{ $what }` takes.
    .remedy = Run it with `--help`.
clitimer-name-elsewhere = `--name` belongs to `add`.
clitimer-when-elsewhere = `--when` belongs to `reminder add`.
clitimer-left = { $left } s left
clitimer-none = Nothing is set.
clitimer-silent = Nothing goes off unless the application runs: start `sottovoce`.
clitimer-no-length = This is no length of time.
    .remedy = Say it as in: ten minutes.
clitimer-no-time = This is no time of day that is still to come.
    .remedy = Say it as in: tomorrow at nine am, in ten minutes, every weekday at seven am.
