-- What a key to the local API may do, until when, and how often it was used.

ALTER TABLE api_key ADD COLUMN scopes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE api_key ADD COLUMN expires_at REAL;

CREATE TABLE api_key_use (
    id TEXT PRIMARY KEY,
    prefix TEXT NOT NULL,
    day TEXT NOT NULL,
    requests INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    last_at REAL NOT NULL
) STRICT;
