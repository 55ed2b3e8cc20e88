# The command line: what its commands and options are for, and what is wrong with how one was called.

cli-program = A desktop voice assistant. Without a command: the tray application.
cli-exit-codes = Exit codes: 0 done, 1 failed, 2 wrong usage, 3 you are needed (key, model or screen missing).
cli-version = print the version
cli-autostart = the tray application, unless the policy lets nothing start by itself
cli-json = print one JSON object
cli-passphrase-stdin = read the store's passphrase from the first line of the input where the keyring can't give the key
cli-see-help = Run `{ $command } --help` for the right form.
cli-examples = Examples:
cli-rows = most rows
cli-key-value = KEY VALUE
cli-between = This must be from { $low } to { $high }.
cli-limit = { $below ->
    [true] The limit must be at least { $low }.
   *[false] The limit must be from { $low } to { $high }.
}
cli-one-of = It must be one of: { $choices }.
cli-path-unnameable = The path has a character that no file's name can have.
cli-path-not-absolute = The path must be absolute.
cli-no-such-user = There is no such user: { $path }.
cli-not-utf8 = This is no text that can be read: it is not UTF-8.
    .remedy = See to it that your terminal sends UTF-8.
cli-new-store = A new encrypted store was made. Run `sottovoce key recovery-code` now and keep what it shows: without it, a lost keyring means a lost store. If you have a backup from another machine, put it into its place: `sottovoce backup restore FILE`.
cli-unknown-operation = The running application does not know this command.

cli-history = What was said before, newest first.
    .examples =
        history --limit 5
        history search python
        history search --best --limit 5 green tea
        history show 0190
        history unfinished
        history unfinished --answer
        history unfinished 0190 --dismiss
cli-history-words = what to search for; the conversation or question
cli-history-best = search: the best match first, not the newest
cli-history-answer = unfinished: answer the newest question (or ID) now
cli-history-dismiss = unfinished: leave it without an answer

cli-turns = When the last turns reached their stages, in milliseconds (from the running application).
    .examples =
        turns
        turns --json
        turns show 3
cli-turns-words = show: the turn's id

cli-memory = What is remembered, and which memories an answer used.
    .examples =
        memory
        memory add i like python
        memory add --kind fact --reach network i live in bergen
        memory forget 0190
        memory why 0190 --user anna
        memory reach 0190 any
cli-memory-words = what to remember; the memory or the answer's id
cli-memory-user = whose memories
cli-memory-limit = list: most rows
cli-memory-kind = add: fact, like, dislike or person; else the words tell
cli-memory-reach = add: how far it may go to a model: device, network or any

cli-calendar = What is in the calendar; adding, removing, iCalendar files.
    .examples =
        calendar
        calendar list --since 2026-11-30 --until 2026-12-31
        calendar add lunch with anna tomorrow at one
        calendar remove 0190
        calendar import calendar.ics
        calendar export calendar.ics --user anna
cli-calendar-words = what to add, with its time; the event's id; the file
cli-calendar-user = whose calendar
cli-calendar-since = list: from this day on, as in 2026-11-30
cli-calendar-until = list: up to this day
cli-note = Notes: what is written down; write, read, search, remove.
    .examples =
        note
        note list --limit 10
        note show 0190
        note search garden
        note add the spare key is under the pot
        note remove 0190
        note export notes.jsonl
cli-note-words = add: the note; search: about what; export: the file; else the note's id, or its beginning
cli-note-user = whose
cli-note-limit = list: most rows
cli-list = Lists: what is on them; put things on, tick off, take off.
    .examples =
        list
        list list groceries
        list add --list groceries milk, eggs and bread
        list done milk
        list remove --list to-do call the bank
        list delete camping
        list export lists.jsonl
cli-list-words = the things, as one says them; list, delete: the list's name; export: the file
cli-list-user = whose
cli-list-name = add, done, remove: of which list; else that for shopping
cli-timer = Timers: what runs, set one, cancel or pause it.
    .examples =
        timer
        timer add ten minutes --name pasta
        timer pause 0190
        timer resume 0190
        timer remove 0190
        timer export timers.jsonl
cli-timer-words = add: how long; export: the file; else the timer's id, or its beginning
cli-timer-user = whose
cli-timer-name = add: what it is for
cli-alarm = Alarms: what is set, set one, cancel it.
    .examples =
        alarm
        alarm add every weekday at seven am
        alarm remove 0190
        alarm export alarms.jsonl
cli-alarm-words = add: when; export: the file; remove: the alarm's id, or its beginning
cli-alarm-name = add: what it is for
cli-reminder = Reminders: what is set, set one, cancel it.
    .examples =
        reminder
        reminder add --when "tomorrow at nine am" call mum
        reminder remove 0190
        reminder export reminders.jsonl
cli-reminder-words = add: of what; export: the file; remove: the reminder's id, or its beginning
cli-reminder-when = add: when

cli-schema = The JSON Schema of what can be asked, and of every --json form.
    .examples =
        schema
        schema history.list
cli-schema-name = of one operation only

cli-context = What is known about a user, and how the assistant is to them.
    .examples =
        context
        context set personality.verbosity brief
        context set display_name Anna Maria --user anna
cli-context-words = set: for example personality.verbosity brief
cli-context-user = whose context
cli-knowledge = Your own files: what is known of them; read them now.
    .examples =
        knowledge
        knowledge sync
        knowledge forget
        knowledge open
cli-audit = What was done with everything that is kept, newest first.
    .examples =
        audit --limit 50
        audit export audit.jsonl
        audit accept
cli-stats = What is counted and timed since the start: answers, times, cache, database, memory.
    .examples =
        stats
        stats --json
        stats prometheus
cli-diagnostics = A report for somebody who helps: how the program does, with nothing said in it.
    .examples =
        diagnostics report.zip
cli-diagnostics-file = the zip file to write
cli-egress = What was sent where, and when, newest first.
    .examples =
        egress
cli-clock = The clock by which things grow old: whether it is believed; believe it.
    .examples =
        clock
        clock accept
cli-prepare = Make this user's home ready as the policy says, without asking anything.
    .examples =
        prepare
cli-upkeep = Do now what is due: today's backup, and what is kept for some days only.
    .examples =
        upkeep
cli-update = Whether there is a newer version; nothing is downloaded or installed.
    .examples =
        update check
cli-export = Write everything that is kept into a folder, IN CLEAR.
    .examples =
        export /media/stick/sottovoce
        export all-of-anna --user anna
cli-export-folder = a new or empty folder
cli-export-user = only what is of this user, and nothing of anybody else
cli-import = Take what is missing here from a folder that `export` wrote.
    .examples =
        import /media/stick/sottovoce
        import --erased-too /media/stick/sottovoce
cli-import-folder = what `sottovoce export FOLDER` wrote, here or elsewhere
cli-import-erased-too = also what was erased or forgotten here
cli-merge = Bring copies of the database that a synchronising program made together.
    .examples =
        merge
        merge "sottovoce (conflict).db"
cli-merge-files = a copy; those beside the database if none is named

cli-ask = Answer a question that is typed.
    .examples =
        ask what time is it
        ask --speak --user anna what do i like
        ask --conversation 0190 and what else
cli-ask-text = the question; - reads it from the input
cli-ask-user = whose conversation it is
cli-ask-conversation = go on with this conversation
cli-ask-speak = say the answer aloud
cli-listen = Answer a question that was recorded.
    .examples =
        listen question.wav --speak
cli-listen-file = the recording
cli-transcribe = Print what is said in recordings; stores nothing.
    .examples =
        transcribe talk.wav other.ogg
cli-transcribe-files = the recordings
cli-microphone = Which microphones there are; try how one sounds.
    .examples =
        microphone
        microphone test
cli-microphone-words = test: which; else the one that is set
cli-policy = The administrator's policy: what is in force, whether a file would do.
    .examples =
        policy
        policy check policy.json
cli-policy-file = check: the file
cli-settings = What can be set, what is in force and why; set one.
    .examples =
        settings
        settings get volume
        settings set volume 80
        settings path
cli-settings-words = get, set: which; set: to what
cli-press = The key goes down: listen (to the running application).
    .examples = press
cli-release = The key comes up: answer.
    .examples = release
cli-toggle = Press, or release if it is listening.
    .examples = toggle
cli-cancel = Drop the turn and be silent.
    .examples = cancel
cli-show = Show the running application.
    .examples =
        show
        show settings
cli-show-window = which window of it
cli-quit = End the running application.
    .examples = quit

cli-models = Speech models: what is there and what can be had; put one in or out.
    .examples =
        models
        models list --refresh --language de
        models install vosk-model-small-de-0.15
        models import /media/stick/model.zip
        models remove vosk-model-small-de-0.15
cli-models-words = the model; import: a zip, a tar or a folder (none: those that the policy names)
cli-models-refresh = list: fetch the newest official list first
cli-models-language = list: only models of this language, like de or german

cli-erase = Erase for good, from the store and from its backups on this machine.
    .examples =
        erase --conversation 0190
        erase --user anna --yes
        erase --replaced
        erase --everything
cli-erase-conversation = one conversation and all that was learnt from it
cli-erase-user = everything of one user
cli-erase-replaced = the stores that restores have laid aside
cli-erase-everything = the whole store with its key, backups and logs
cli-erase-yes = don't ask
cli-yes = yes

cli-key = The key of the encrypted store: where it is, and ways to it without the keyring.
    .examples =
        key status
        key recovery-code --pdf sheet.pdf
        key recover --passphrase
        key passphrase
        key rotate
        key escrow new escrow.key
        key escrow open code.json --key escrow.key
cli-key-metavar = new FILE|open FILE
cli-key-words = escrow: for administrators, see docs/policies.md
cli-key-key = escrow open: the private key
cli-key-pdf = recovery-code, rotate: also write it as a sheet to print
cli-key-remove = passphrase: let none open the store any more
cli-key-passphrase = recover: also set a new passphrase (no keyring needed)

cli-backup = Encrypted backups: make one, look at one, put one into place.
    .examples =
        backup create
        backup create /media/stick --knowledge
        backup list
        backup verify mine.backup --recovery-code
        backup restore mine.backup --passphrase --yes
cli-backup-create = make one, while everything goes on
cli-backup-list = the backups on this machine
cli-backup-verify = read all of one
cli-backup-restore = put one into the place of the store
cli-backup-file = the backup
cli-backup-new-file = a folder, or the file to make
cli-backup-knowledge = take your own files in knowledge/ along (unasked where they have 32 MiB at most)
cli-backup-recovery-code = ask for the recovery code of that time
cli-backup-passphrase = ask for the passphrase of that time
cli-backup-new-passphrase = ask for one to open it by (no keyring needed)
cli-backup-yes = put it into the place of a store without asking

cli-doctor = Check every part; or prove a key by pressing it.
    .examples =
        doctor
        doctor --key
        doctor --key Pause --seconds 30
cli-doctor-key = watch the key to talk (or the one named) being pressed and let go, and say how it can be used
cli-doctor-seconds = with --key: how long to wait for the press

cli-demo = One whole turn on a throw-away home: needs no screen, microphone or keyring.
    .examples = demo
cli-completion = What a shell reads to complete these commands.
    .examples =
        completion bash
        completion zsh
        completion fish

cli-api = The local API: where it is served, and the keys to it.
    .examples =
        api
        api status
        api serve --port 8719
        api key create editor
        api key create phone --scope conversation,lists:read --expires 12h
        api key list
        api key rotate sv_0190
        api key revoke sv_0190
cli-api-words = key: create, list, rotate or revoke; what the key is for, or how it begins
cli-api-scope = key create: what it may do, with commas between (conversation)
cli-api-expires = key create: when it ends, as 90d, 12h, 2026-12-31 or never (90d)
cli-api-host = serve: an address of this machine alone (127.0.0.1)
cli-api-port = serve: the port (that of the settings); 0 for any that is free
cli-api-socket = serve: a Unix socket, in place of a port
cli-api-wyoming = serve: also the Wyoming protocol at this port; 0 for any that is free
