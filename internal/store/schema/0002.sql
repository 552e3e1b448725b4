-- What the pages of the Options dialog hold, Alerts apart: JSON, whose unknown fields are left alone and
-- whose missing ones have their defaults.
CREATE TABLE options (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  json BLOB    NOT NULL
);

-- What was being written to somebody and has not been sent.
CREATE TABLE drafts (
  address TEXT PRIMARY KEY,
  body    BLOB NOT NULL
) WITHOUT ROWID;

-- Headings of STATUS and RELATIONSHIPS that are folded; groups keep that themselves.
CREATE TABLE folded (
  heading TEXT PRIMARY KEY
) WITHOUT ROWID;

-- Tagged for Status Change Alerts.
ALTER TABLE contacts ADD COLUMN tagged INTEGER NOT NULL DEFAULT 0;

-- Set Your Location.
ALTER TABLE me ADD COLUMN location BLOB NOT NULL DEFAULT x'';

-- High importance, and what the other side asked to be told of a message (RFC 5438): its own name for the
-- message, and the notices that it still waits for.
ALTER TABLE messages ADD COLUMN important INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN receipt_id BLOB NOT NULL DEFAULT x'';
ALTER TABLE messages ADD COLUMN receipts_due INTEGER NOT NULL DEFAULT 0;

-- What is still to be told, found without reading the history.
CREATE INDEX receipts ON messages (peer, seq) WHERE receipts_due <> 0;
