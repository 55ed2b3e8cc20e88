-- What is remembered and known: subjects and vectors of memories, which of them an answer drew on, the user's own files.

ALTER TABLE memory ADD COLUMN subject TEXT NOT NULL DEFAULT '';

-- One signed byte a dimension from here on, and of a named embedder: what an earlier version left is of none.
UPDATE memory SET embedding = NULL WHERE embedding IS NOT NULL;
ALTER TABLE memory ADD COLUMN embedder TEXT NOT NULL DEFAULT '' CHECK ((embedding IS NULL) = (embedder = ''));

CREATE INDEX memory_by_subject ON memory (user_id, subject) WHERE superseded_by IS NULL AND subject <> '';
CREATE INDEX memory_by_embedder ON memory (embedder, number) WHERE superseded_by IS NULL;
CREATE INDEX memory_by_successor ON memory (superseded_by) WHERE superseded_by IS NOT NULL;

-- Only what holds is in the index, and whose it is, as a word that is in no text: so a search looks at no row of the
-- table, and at no other user's.
DROP TRIGGER memory_added;
DROP TRIGGER memory_removed;
DROP TRIGGER memory_changed;
DROP TABLE memory_words;

CREATE VIEW memory_held AS
    SELECT number, 'u' || hex(user_id) AS owner, text FROM memory WHERE superseded_by IS NULL;

CREATE VIRTUAL TABLE memory_words USING fts5 (
    owner, text, content = 'memory_held', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO memory_words (memory_words, rank) VALUES ('secure-delete', 1);
INSERT INTO memory_words (memory_words, rank) VALUES ('rank', 'bm25(0.0, 1.0)');
INSERT INTO memory_words (rowid, owner, text) SELECT number, owner, text FROM memory_held;

-- Words go in by a statement of their own (rows.memories.add), as those of messages do.
CREATE TRIGGER memory_removed AFTER DELETE ON memory WHEN old.superseded_by IS NULL BEGIN
    INSERT INTO memory_words (memory_words, rowid, owner, text)
        VALUES ('delete', old.number, 'u' || hex(old.user_id), old.text);
END;
CREATE TRIGGER memory_changed AFTER UPDATE OF user_id, text, superseded_by ON memory BEGIN
    INSERT INTO memory_words (memory_words, rowid, owner, text)
        SELECT 'delete', old.number, 'u' || hex(old.user_id), old.text WHERE old.superseded_by IS NULL;
    INSERT INTO memory_words (rowid, owner, text)
        SELECT new.number, 'u' || hex(new.user_id), new.text WHERE new.superseded_by IS NULL;
END;

-- Which memories an answer drew on, in which order.
CREATE TABLE memory_use (
    message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    memory_id TEXT NOT NULL REFERENCES memory (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    PRIMARY KEY (message_id, memory_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX memory_use_by_memory ON memory_use (memory_id);

-- Files of the knowledge folder. They belong to the home, not to one of its users.
CREATE TABLE document (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    indexed_at REAL NOT NULL,
    passages INTEGER NOT NULL,
    trouble TEXT NOT NULL
) STRICT;

-- AUTOINCREMENT: a number that was quoted never comes to mean another passage. No cascade: the words go first.
CREATE TABLE passage (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL REFERENCES document (id),
    place TEXT NOT NULL,
    text TEXT NOT NULL,
    embedder TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX passage_by_document ON passage (document);
CREATE INDEX passage_by_embedder ON passage (embedder, number);

-- Apart from the texts: all vectors are read at once, and the texts would be most of what is read.
CREATE TABLE passage_vector (
    number INTEGER PRIMARY KEY REFERENCES passage (number) ON DELETE CASCADE,
    embedding BLOB NOT NULL
) STRICT;

-- Words go in and out by statements (rows.knowledge): a trigger would make a segment of the index for each passage.
CREATE VIRTUAL TABLE passage_words USING fts5 (
    text, content = 'passage', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO passage_words (passage_words, rank) VALUES ('secure-delete', 1);

ALTER TABLE cache_entry ADD COLUMN depends_on TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(depends_on));

CREATE INDEX cache_entry_by_dependence ON cache_entry (depends_on) WHERE depends_on <> '[]';
