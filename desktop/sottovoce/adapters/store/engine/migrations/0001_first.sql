-- Times are seconds since 1970-01-01 UTC. `number` gives the order of arrival; ids are made by the writer.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    title TEXT NOT NULL,
    started_at REAL NOT NULL,
    last_at REAL NOT NULL,
    messages INTEGER NOT NULL
) STRICT;

CREATE INDEX conversation_by_time ON conversation (last_at);
CREATE INDEX conversation_by_user ON conversation (user_id, last_at);

CREATE TABLE message (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- Deferred: the message goes first, so that one stored already leaves its conversation alone.
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at REAL NOT NULL,
    tokens_input INTEGER NOT NULL,
    tokens_output INTEGER NOT NULL,
    source TEXT NOT NULL,
    intent TEXT NOT NULL,
    latency_ms REAL NOT NULL
) STRICT;

CREATE INDEX message_by_conversation ON message (conversation_id, number);

CREATE VIRTUAL TABLE message_words USING fts5 (
    content, content = 'message', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER message_added AFTER INSERT ON message BEGIN
    INSERT INTO message_words (rowid, content) VALUES (new.number, new.content);
END;
CREATE TRIGGER message_removed AFTER DELETE ON message BEGIN
    INSERT INTO message_words (message_words, rowid, content) VALUES ('delete', old.number, old.content);
END;
CREATE TRIGGER message_changed AFTER UPDATE OF content ON message BEGIN
    INSERT INTO message_words (message_words, rowid, content) VALUES ('delete', old.number, old.content);
    INSERT INTO message_words (rowid, content) VALUES (new.number, new.content);
END;

-- Snapshots are never changed; a change is a row with the next version.
CREATE TABLE user_context (
    user_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (user_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE memory (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at REAL NOT NULL,
    source_message TEXT
) STRICT;

CREATE INDEX memory_by_user ON memory (user_id, number);

CREATE VIRTUAL TABLE memory_words USING fts5 (
    text, content = 'memory', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO memory_words (memory_words, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER memory_added AFTER INSERT ON memory BEGIN
    INSERT INTO memory_words (rowid, text) VALUES (new.number, new.text);
END;
CREATE TRIGGER memory_removed AFTER DELETE ON memory BEGIN
    INSERT INTO memory_words (memory_words, rowid, text) VALUES ('delete', old.number, old.text);
END;
CREATE TRIGGER memory_changed AFTER UPDATE OF text ON memory BEGIN
    INSERT INTO memory_words (memory_words, rowid, text) VALUES ('delete', old.number, old.text);
    INSERT INTO memory_words (rowid, text) VALUES (new.number, new.text);
END;
