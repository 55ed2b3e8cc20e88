# Figures: `sottovoce stats`, the Diagnostics window, and what Prometheus is told (in English) of each.

figures-step-seconds = How long a step of a turn took.
figures-wait-seconds = From the end of what was said to the voice.
figures-turns = Turns, by how they ended.
figures-answers = Answers, by where they came from.
figures-question-errors = Questions that got no answer, by the code of what went wrong.
figures-troubles = Troubles told in turns, by their code.
figures-tool-calls = Calls of tools, by what they do.
figures-tool-errors = Calls of tools that failed, by the code of what went wrong.
figures-model-requests = Questions to a language model.
figures-model-shared = Questions that got the answer a language model gave to the same one at the same time.
figures-model-first-seconds = From a question to the first word of the language model.
figures-model-errors = Questions to a language model that failed, by the code of what went wrong.
figures-model-failing = Questions to the language model in a row that failed; 0 if the last one was answered.
figures-cache-looks = Looks into the cache.
figures-cache-stale = Expired answers that were given.
figures-cache-loads = Answers taken from the database instead of made anew.
figures-cache-generations = Answers made anew.
figures-cache-failures = Answers that could not be made.
figures-cache-waits = Callers who waited for another one's answer.
figures-cache-evictions = Answers that left the cache for want of room.
figures-cache-entries = Answers in the cache.
figures-cache-bytes = Size of the answers in the cache.
figures-cache-lock-wait-seconds = Time spent waiting for the cache's lock.
figures-cache-unwritten = Changes of the cache that are not in the database yet.
figures-store-queue = Calls that wait for the database.
figures-store-group = Writes that shared one transaction.
figures-store-commit-seconds = How long a transaction took.
figures-store-bytes = Size of the database.
figures-sound-blocks = Blocks of sound from the microphone, 20 ms each.
figures-sound-dropped = Blocks of sound that were dropped.
figures-api-requests = Requests to the local API, by what they asked and how they were answered.
figures-api-request-seconds = How long a request to the local API took.
figures-backups = Backups on this computer.
figures-backup-age-seconds = Age of the newest backup.
figures-memory-bytes = Memory this program holds.
figures-up-seconds = Time since the program was started.
figures-program = The program, by its version.

# A histogram: $usual is what half of them were at most, $slowest what 95 of 100 were at most; empty where nobody knows.
figures-spread = { $count ->
    [0] none
   *[other] { $count }: half within { $usual }, 95 % within { $slowest }
}
figures-seconds = { NUMBER($seconds) } s
figures-bytes = { NUMBER($mebibytes) } MiB
figures-words = That is not what `stats { $what }` takes.
    .remedy = Run `sottovoce stats --help`.
figures-report-written = A report was written, with nothing said in it: { $file } ({ $parts }). Look at it before you send it.
