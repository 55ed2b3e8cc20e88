-- A text whose words stand in it otherwise than they are looked for (ligatures, full-width forms, signs that are not seen,
-- letters that no gap parts) has beside it the form that is indexed (domain/folding.py); `indexed` is ours (connection.py).

ALTER TABLE message ADD COLUMN folded TEXT;
ALTER TABLE memory ADD COLUMN folded TEXT;
ALTER TABLE passage ADD COLUMN folded TEXT;

DROP TRIGGER message_removed;
DROP TRIGGER message_changed;
DROP TABLE message_words;

UPDATE message SET folded = nullif(indexed(content), content) WHERE content GLOB '*[^' || char(1) || '-' || char(127) || ']*';

CREATE VIEW message_searched AS SELECT number, ifnull(folded, content) AS content FROM message;

CREATE VIRTUAL TABLE message_words USING fts5 (
    content, content = 'message_searched', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);
INSERT INTO message_words (message_words, rank) VALUES ('automerge', 0);
INSERT INTO message_words (message_words) VALUES ('rebuild');

CREATE TRIGGER message_removed AFTER DELETE ON message BEGIN
    INSERT INTO message_words (message_words, rowid, content)
        VALUES ('delete', old.number, ifnull(old.folded, old.content));
END;
CREATE TRIGGER message_changed AFTER UPDATE OF content, folded ON message BEGIN
    INSERT INTO message_words (message_words, rowid, content)
        VALUES ('delete', old.number, ifnull(old.folded, old.content));
    INSERT INTO message_words (rowid, content) VALUES (new.number, ifnull(new.folded, new.content));
END;

DROP TRIGGER memory_removed;
DROP TRIGGER memory_changed;
DROP VIEW memory_held;

CREATE VIEW memory_held AS
    SELECT number, 'u' || hex(user_id) AS owner, ifnull(folded, text) AS text FROM memory WHERE superseded_by IS NULL;

CREATE TRIGGER memory_removed AFTER DELETE ON memory WHEN old.superseded_by IS NULL BEGIN
    INSERT INTO memory_words (memory_words, rowid, owner, text)
        VALUES ('delete', old.number, 'u' || hex(old.user_id), ifnull(old.folded, old.text));
END;
CREATE TRIGGER memory_changed AFTER UPDATE OF user_id, text, folded, superseded_by ON memory BEGIN
    INSERT INTO memory_words (memory_words, rowid, owner, text)
        SELECT 'delete', old.number, 'u' || hex(old.user_id), ifnull(old.folded, old.text) WHERE old.superseded_by IS NULL;
    INSERT INTO memory_words (rowid, owner, text)
        SELECT new.number, 'u' || hex(new.user_id), ifnull(new.folded, new.text) WHERE new.superseded_by IS NULL;
END;

UPDATE memory SET folded = nullif(indexed(text), text) WHERE text GLOB '*[^' || char(1) || '-' || char(127) || ']*';

DROP TABLE passage_words;

UPDATE passage SET folded = nullif(indexed(text), text) WHERE text GLOB '*[^' || char(1) || '-' || char(127) || ']*';

CREATE VIEW passage_searched AS SELECT number, ifnull(folded, text) AS text FROM passage;

CREATE VIRTUAL TABLE passage_words USING fts5 (
    text, content = 'passage_searched', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO passage_words (passage_words, rank) VALUES ('secure-delete', 1);
INSERT INTO passage_words (passage_words) VALUES ('rebuild');
