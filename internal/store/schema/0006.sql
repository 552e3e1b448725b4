-- The log of calls. A row is written when the call begins and again when it changes; outcome 0 is a call that goes
-- on, or went on when the program ended.
CREATE TABLE calls (
  seq      INTEGER PRIMARY KEY,
  id       TEXT    NOT NULL UNIQUE,
  peer     TEXT    NOT NULL,
  name     BLOB    NOT NULL,
  incoming INTEGER NOT NULL,
  began    INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  ended    INTEGER NOT NULL,
  outcome  INTEGER NOT NULL,
  code     INTEGER NOT NULL,
  reason   BLOB    NOT NULL,
  seen     INTEGER NOT NULL
);

-- Those with a person, to be deleted with the history; those that were not settled; and the missed ones (outcomes 3
-- and 4) that nobody has looked at, to be counted without reading the log.
CREATE INDEX calls_with ON calls (peer);
CREATE INDEX calls_going ON calls (seq) WHERE outcome = 0;
CREATE INDEX calls_unseen ON calls (seq) WHERE seen = 0 AND outcome IN (3, 4);
