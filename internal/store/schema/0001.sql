-- Everything golync keeps of one account. Text that a peer chose is BLOB: bytes as they came.
-- Times are nanoseconds since 1970, 0 when there is none.

-- The UUID of this installation of the account (RFC 5626 section 4.1, RFC 4122 section 4.4), made once.
CREATE TABLE instance (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  uuid TEXT    NOT NULL
);

INSERT INTO instance (id, uuid)
SELECT 1, substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-4' || substr(h, 14, 3) || '-'
  || substr('89ab', 1 + (random() & 3), 1) || substr(h, 18, 3) || '-' || substr(h, 21, 12)
FROM (SELECT lower(hex(randomblob(16))) AS h);

CREATE TABLE me (
  id           INTEGER PRIMARY KEY CHECK (id = 1),
  name         BLOB    NOT NULL,
  availability INTEGER NOT NULL,
  note         BLOB    NOT NULL
);

CREATE TABLE alerts (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  tell_me INTEGER NOT NULL,
  dnd     INTEGER NOT NULL,
  outside INTEGER NOT NULL
);

CREATE TABLE groups (
  id        INTEGER PRIMARY KEY,
  place     INTEGER NOT NULL,
  name      BLOB    NOT NULL,
  collapsed INTEGER NOT NULL
);

CREATE TABLE contacts (
  address      TEXT    PRIMARY KEY,
  name         BLOB    NOT NULL,
  provider     TEXT    NOT NULL,
  relationship INTEGER NOT NULL,
  watch        INTEGER NOT NULL,
  watch_reason BLOB    NOT NULL,
  sees_me      INTEGER NOT NULL,
  added        INTEGER NOT NULL
) WITHOUT ROWID;

-- A group is no foreign key: a contact is worth more than the heading it stands under, and is kept
-- when the two are saved in the wrong order.
CREATE TABLE contact_groups (
  contact  TEXT    NOT NULL REFERENCES contacts (address) ON DELETE CASCADE,
  place    INTEGER NOT NULL,
  group_id INTEGER NOT NULL,
  PRIMARY KEY (contact, place)
) WITHOUT ROWID;

CREATE TABLE requests (
  address      TEXT    PRIMARY KEY,
  name         BLOB    NOT NULL,
  kind         INTEGER NOT NULL,
  introduction BLOB    NOT NULL,
  since        INTEGER NOT NULL,
  dismissed    INTEGER NOT NULL
) WITHOUT ROWID;

-- Decisions on people who are not contacts.
CREATE TABLE relationships (
  address      TEXT    PRIMARY KEY,
  relationship INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE open_conversations (
  place   INTEGER PRIMARY KEY,
  address TEXT NOT NULL
);

-- Everybody with a history; read_to is the seq up to which the user has seen it.
CREATE TABLE peers (
  id      INTEGER PRIMARY KEY,
  address BLOB    NOT NULL UNIQUE,
  read_to INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE messages (
  seq      INTEGER PRIMARY KEY,
  peer     INTEGER NOT NULL REFERENCES peers (id),
  outgoing INTEGER NOT NULL,
  id       BLOB    NOT NULL,
  name     BLOB    NOT NULL,
  body     BLOB    NOT NULL,
  at       INTEGER NOT NULL,
  delivery INTEGER NOT NULL,
  code     INTEGER NOT NULL,
  reason   BLOB    NOT NULL
);

-- One copy of a message. The peer is part of it, so that nobody can make another person's message
-- look like a copy by choosing its Call-ID.
CREATE UNIQUE INDEX message_copies ON messages (peer, outgoing, id);

-- Pages of a conversation, and the count of what is unread without touching the rows.
CREATE INDEX message_order ON messages (peer, seq, outgoing);

-- The outbox: what was written and not settled.
CREATE INDEX outbox ON messages (seq) WHERE outgoing = 1 AND delivery = 0;
