-- When a file's content, name or rights were changed, which no program sets back: by size and time alone, a change can hide.
ALTER TABLE document ADD COLUMN changed_ns INTEGER NOT NULL DEFAULT 0;
