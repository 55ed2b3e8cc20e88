-- What homes that were parted and come together again must know.

-- What was erased, forgotten or removed by its user, told by a digest: nothing of it comes back by a merge or an import.
CREATE TABLE erased (
    what TEXT NOT NULL,
    digest TEXT NOT NULL,
    -- Of `before`: the limit; else when it was done. Seconds since 1970-01-01 UTC.
    at REAL NOT NULL,
    PRIMARY KEY (what, digest)
) STRICT, WITHOUT ROWID;

-- Each time the database was opened or closed, where, and under a random id: two that have the same number and different
-- ids have gone on from the same state apart from each other.
CREATE TABLE sitting (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    at REAL NOT NULL,
    machine TEXT NOT NULL,
    host TEXT NOT NULL
) STRICT;
