-- What is kept beside words. Times are seconds since 1970-01-01 UTC; ids are made by the writer. Every row that holds
-- something said names its user and, where it has one, the conversation or message it comes from: erasing finds it.

ALTER TABLE message ADD COLUMN model TEXT NOT NULL DEFAULT '';

ALTER TABLE memory ADD COLUMN embedding BLOB;
ALTER TABLE memory ADD COLUMN reach TEXT NOT NULL DEFAULT 'device' CHECK (reach IN ('device', 'network', 'any'));
ALTER TABLE memory ADD COLUMN superseded_by TEXT;

CREATE INDEX memory_by_source ON memory (source_message);

-- One row for each question: open until its answer is stored, or it is known that there will be none.
CREATE TABLE turn_journal (
    message_id TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    opened_at REAL NOT NULL,
    closed_at REAL,
    outcome TEXT,
    CHECK ((closed_at IS NULL) = (outcome IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX turn_open ON turn_journal (opened_at) WHERE closed_at IS NULL;

CREATE TABLE reminder (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    text TEXT NOT NULL,
    due_at REAL NOT NULL,
    state TEXT NOT NULL,
    created_at REAL NOT NULL,
    source_message TEXT
) STRICT;

CREATE INDEX reminder_by_due ON reminder (state, due_at);
CREATE INDEX reminder_by_user ON reminder (user_id);
CREATE INDEX reminder_by_source ON reminder (source_message);

CREATE TABLE timer (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    label TEXT NOT NULL,
    duration_s REAL NOT NULL,
    due_at REAL NOT NULL,
    state TEXT NOT NULL,
    created_at REAL NOT NULL,
    source_message TEXT
) STRICT;

CREATE INDEX timer_by_due ON timer (state, due_at);
CREATE INDEX timer_by_user ON timer (user_id);
CREATE INDEX timer_by_source ON timer (source_message);

CREATE TABLE note (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at REAL NOT NULL,
    changed_at REAL NOT NULL,
    source_message TEXT
) STRICT;

CREATE INDEX note_by_user ON note (user_id, changed_at);
CREATE INDEX note_by_source ON note (source_message);

CREATE TABLE cache_entry (
    key TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    created_at REAL NOT NULL,
    expires_at REAL NOT NULL,
    bytes INTEGER NOT NULL,
    source_message TEXT
) STRICT;

CREATE INDEX cache_entry_by_expiry ON cache_entry (expires_at);
CREATE INDEX cache_entry_by_user ON cache_entry (user_id);
CREATE INDEX cache_entry_by_source ON cache_entry (source_message);

-- The key itself is shown once to who made it; the store has its hash.
CREATE TABLE api_key (
    prefix TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    created_at REAL NOT NULL,
    revoked_at REAL
) STRICT;

-- Each row's hash covers the row before it; the newest one's is also in the key file. Nothing said is in here.
CREATE TABLE audit_log (
    number INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    event TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE INDEX audit_log_by_event ON audit_log (event, number);

CREATE TRIGGER audit_log_grows_at_its_end BEFORE INSERT ON audit_log
WHEN new.number IS NOT (SELECT ifnull(max(number), 0) + 1 FROM audit_log) BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows at its end');
END;
CREATE TRIGGER audit_log_keeps_its_rows BEFORE UPDATE ON audit_log BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_log_loses_no_row BEFORE DELETE ON audit_log BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TABLE egress (
    number INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    endpoint TEXT NOT NULL,
    purpose TEXT NOT NULL,
    bytes_out INTEGER NOT NULL,
    bytes_in INTEGER NOT NULL
) STRICT;

-- Words are indexed by a statement of their own (rows.add_message): a trigger made FTS5 write a segment for each row of
-- a group, which cost half of what a long group costs (tests/benchmarks/store.py).
DROP TRIGGER message_added;

-- Else every 64th append works on 64 pages of each level of the index, 20 ms with a million messages. The writer merges
-- while it is idle (rows.merge_words); under an endless load every 16th small segment merges the 16.
INSERT INTO message_words (message_words, rank) VALUES ('automerge', 0);
