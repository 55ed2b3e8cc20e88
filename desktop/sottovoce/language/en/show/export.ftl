# An export: what is in its files, and what each field of a line means. Names in backticks stay as they are.

export-title = { $user ->
    [none] # Your data from Sottovoce
   *[other] # The data of { $user } from Sottovoce
}
export-in-clear = Written by { $program } on { $made }. **Everything in this folder is in clear**: whoever can read these files reads all you said. Keep them on an encrypted disk, and delete them when you are done.
export-of-one = Nothing of other users is in it, nor what belongs to no user (what was done and sent, files).
export-for-reading = - `conversations/` has one readable Markdown file for each conversation, named by its date; `notes.md`, `lists.md`, `events.md`, `reminders.md` and `memories.md` have the notes, the lists to be ticked off, the calendar, the reminders and what was remembered.
export-for-programs = - The `.jsonl` files hold the same and more for programs: UTF-8, one JSON object a line, all fields always there. Times are numbers, seconds since 1970-01-01 UTC.
export-manifest = - `{ $file }` names the form (`{ $format }`, version { $version }) and each file's length and SHA-256. `sottovoce import FOLDER` takes what is missing from here into another home.
export-file = { $count ->
    [one] { $what } { $count } line.
   *[other] { $what } { $count } lines.
}
export-columns = | field | meaning |

# The Markdown files.

export-notes-title = Notes
export-lists-title = Lists
export-calendar-title = Calendar
export-reminders-title = Reminders and alarms
export-until = { $begin } to { $end }
export-zone = Times are in the zone { $zone }.
export-held = What holds
export-superseded = Superseded: no longer so
export-memories-title = Memories
export-conversation = Conversation
export-with = With: { $user }. Times are in the zone { $zone }.
export-you = You
export-cut-short = { $at } (cut short)

# The files of lines: what each holds, and its fields.

export-conversations = Conversations, the oldest first.
export-conversations-id = names the conversation; messages refer to it
export-whose = whose it is
export-conversations-title = first words said in it
export-seconds = seconds since 1970-01-01 UTC
export-conversations-last-at = time of the last message, seconds since 1970-01-01 UTC
export-conversations-messages = how many messages it has
export-conversations-zone = time zone that the Markdown files tell its times in
export-messages = Everything said, in the order it was stored.
export-messages-id = names the message
export-messages-conversation-id = the conversation it belongs to
export-messages-role = `user` or `assistant`
export-messages-content = the words
export-messages-state = `complete`, or `partial` for an answer that was cut short
export-messages-tokens-input = for answers of a language model: tokens it read
export-messages-tokens-output = tokens it wrote
export-messages-source = for answers: `skill`, `cache`, `model` or `fallback`
export-messages-intent = for answers of a skill: what was understood
export-messages-latency-ms = for answers: milliseconds to the first words
export-messages-model = for answers of a language model: its name
export-messages-dialogue = for the last answer of a conversation: what it leaves open, JSON as text; else empty
export-dates = What was said while the clock was wrong: the dates of these messages say nothing.
export-dates-message-id = the message
export-dates-at = since when it counts as said instead, seconds since 1970-01-01 UTC
export-turns = For each question, whether it was answered.
export-turns-message-id = the question
export-turns-conversation-id = its conversation
export-turns-closed-at = seconds since 1970-01-01 UTC; null while the answer is open
export-turns-outcome = how it ended; null while the answer is open
export-memories = What was remembered, in the order it was stored.
export-memories-id = names the memory
export-memories-kind = `fact`, `like`, `dislike` or `person`
export-memories-text = in the user's words
export-memories-reach = how far it may travel inside a question: `device`, `network` or `any`
export-memories-state = `held`, or `superseded` when something told later took its place
export-memories-superseded-by = id of the memory that took its place; null while it holds
export-memories-subject = what it tells something about, of which only one thing can hold; may be empty
export-memories-embedder = name and version of what made its vector; empty if there is none
export-memories-embedding = its vector (base64, a signed byte a dimension: 127 times a unit vector); null if there is none
export-memories-used = Which memories an answer drew on.
export-memories-used-message-id = the answer
export-memories-used-memory-id = the memory
export-memories-used-place = order in which they were used, from 0
export-documents = Files of the knowledge folder, as far as they are known. What they hold is not here: they are your own files.
export-documents-id = names the document
export-documents-path = where it is in the knowledge folder
export-documents-bytes = its size
export-documents-modified-ns = when it was changed, nanoseconds since 1970-01-01 UTC
export-documents-changed-ns = when its content, name or rights were changed, likewise; 0 if nothing told
export-documents-sha256 = SHA-256 of its content; empty if it could not be read
export-documents-indexed-at = when it was read, seconds since 1970-01-01 UTC
export-documents-passages = how many passages it was cut into
export-documents-trouble = code of what kept it from being read; empty if nothing did
export-user-contexts = What is known about each user, every version of it.
export-user-contexts-version = grows with every change
export-user-contexts-body = the snapshot, JSON as text
export-reminders = Reminders and alarms.
export-reminders-id = names the reminder
export-reminders-text = what to be reminded of
export-reminders-due-at = when it is due, of what comes again the next time; seconds since 1970-01-01 UTC
export-reminders-kind = `reminder` is told by its words, `alarm` by a tone that goes on
export-reminders-wall = its first time as clocks show it, in no zone; empty for what was asked for as a length
export-recurrence = how it comes again, as iCalendar (RFC 5545) writes it; empty for once
export-ringing = `waiting`, `paused`, `ringing` (due, and not told yet), `rung` or `cancelled`
export-timers = Timers.
export-timers-id = names the timer
export-timers-label = what it is for; may be empty
export-timers-duration-s = its length in seconds
export-timers-left-s = seconds left of one that is paused; else null
export-timers-boot = names the start of the machine that `boot_due_s` counts from; may be empty
export-timers-boot-due-s = its end in seconds since that start
export-notes = Notes.
export-notes-id = names the note
export-notes-text = what was written down
export-lists = Things on lists, by list.
export-lists-id = names the entry
export-lists-list = name of its list
export-lists-text = what is on it; empty for the list itself
export-lists-done = 1 if it is ticked off, else 0
export-events = The calendar.
export-events-id = names the event
export-events-title = what it is
export-events-place = where; may be empty
export-events-all-day = 1 if whole days are meant, else 0
export-events-zone = the zone it was made in, by its IANA name
export-cached-answers = Answers kept for a while.
export-cached-answers-key = names the answer
export-cached-answers-kind = the skill or tool it came from
export-cached-answers-value = the answer as it is kept, JSON as text
export-cached-answers-expires-at = no longer used after this, seconds since 1970-01-01 UTC
export-cached-answers-bytes = what it counts for against the cache's limit
export-cached-answers-source-message = id of the message it first answered; null if none is known
export-cached-answers-depends-on = what it was made from, JSON as text
export-api-keys = Keys to the local API, without anything they could be used by.
export-api-keys-prefix = first characters of the key
export-api-keys-name = what it was called
export-api-keys-revoked-at = seconds since 1970-01-01 UTC; null while it holds
export-audit-log = Rare things done to everything that is kept; nothing said is in it.
export-audit-log-number = place in the log, from 1
export-audit-log-event = what was done
export-audit-log-detail = more about it, JSON as text
export-audit-log-previous = hash of the line before
export-audit-log-hash = SHA-256 of this line and the hash before it
export-egress = What left this machine.
export-egress-endpoint = where it went
export-egress-purpose = what for
export-egress-bytes-out = bytes sent
export-egress-bytes-in = bytes received
export-source = id of the message it comes from; null if none is known
