-- What is looked for often is found without a walk through all: memories by their kind, cached answers by what they need.

CREATE INDEX memory_by_kind ON memory (user_id, kind, number) WHERE superseded_by IS NULL;

-- Any JSON value from here on, not text alone.
UPDATE cache_entry SET value = json_quote(value);

-- What `depends_on` lists, a row each; kept by the triggers, whoever writes.
CREATE TABLE cache_need (
    name TEXT NOT NULL,
    key TEXT NOT NULL REFERENCES cache_entry (key) ON DELETE CASCADE,
    PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX cache_need_by_key ON cache_need (key);

INSERT INTO cache_need (name, key)
    SELECT DISTINCT need.value, entry.key FROM cache_entry AS entry, json_each(entry.depends_on) AS need;

CREATE TRIGGER cache_entry_added AFTER INSERT ON cache_entry BEGIN
    INSERT INTO cache_need (name, key) SELECT DISTINCT value, new.key FROM json_each(new.depends_on);
END;
CREATE TRIGGER cache_entry_changed AFTER UPDATE OF depends_on ON cache_entry BEGIN
    DELETE FROM cache_need WHERE key = old.key;
    INSERT INTO cache_need (name, key) SELECT DISTINCT value, new.key FROM json_each(new.depends_on);
END;

DROP INDEX cache_entry_by_dependence;
