-- What tools keep: what an answer leaves open, repetitions, timers that stand still, lists, events.

ALTER TABLE message ADD COLUMN dialogue TEXT NOT NULL DEFAULT '';

-- There are few: an answer ends what the one before it has left open.
CREATE INDEX message_left_open ON message (user_id, conversation_id) WHERE dialogue <> '';

ALTER TABLE reminder ADD COLUMN kind TEXT NOT NULL DEFAULT 'reminder';
ALTER TABLE reminder ADD COLUMN recurrence TEXT NOT NULL DEFAULT '';
ALTER TABLE reminder ADD COLUMN wall TEXT NOT NULL DEFAULT '';
ALTER TABLE reminder ADD COLUMN changed_at REAL NOT NULL DEFAULT 0;
UPDATE reminder SET changed_at = created_at;

ALTER TABLE timer ADD COLUMN left_s REAL;
ALTER TABLE timer ADD COLUMN boot TEXT NOT NULL DEFAULT '';
ALTER TABLE timer ADD COLUMN boot_due_s REAL NOT NULL DEFAULT 0;
ALTER TABLE timer ADD COLUMN changed_at REAL NOT NULL DEFAULT 0;
UPDATE timer SET changed_at = created_at;

-- A row without a text is the list itself, so that an empty one is there.
CREATE TABLE list_entry (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    list TEXT NOT NULL,
    text TEXT NOT NULL,
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    created_at REAL NOT NULL,
    changed_at REAL NOT NULL,
    source_message TEXT
) STRICT;

CREATE INDEX list_entry_by_user ON list_entry (user_id, list);
CREATE INDEX list_entry_by_source ON list_entry (source_message);

CREATE TABLE event (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_at REAL NOT NULL,
    ends_at REAL NOT NULL,
    all_day INTEGER NOT NULL CHECK (all_day IN (0, 1)),
    zone TEXT NOT NULL,
    recurrence TEXT NOT NULL,
    created_at REAL NOT NULL,
    changed_at REAL NOT NULL,
    source_message TEXT
) STRICT;

CREATE INDEX event_by_user ON event (user_id, starts_at);
CREATE INDEX event_by_source ON event (source_message);
