-- Full text of the messages, by seq. The words are cut and folded by golync (words.go), so the tokenizer has
-- only blanks to see; the text itself stays in messages. That a word occurs is all that is kept of it
-- (detail=none), the marks are found again in the text of the few hits that are shown. The beginnings of
-- words have indexes of their own: without them one letter would read half of the index.
CREATE VIRTUAL TABLE words USING fts5 (
  text, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='1 2 3 4'
);

-- Once a tenth of a part of the index is deleted, FTS5 would write that part anew, all at once: with a million
-- messages everything else waited 13 s for it. What is deleted goes when parts are merged as they grow.
INSERT INTO words (words, rank) VALUES ('deletemerge', 0);

-- What has become of the history as a whole. The messages with low < seq <= high are in words: those behind
-- high have just come in, those up to low wait to be put in, little by little. Up to deleted no seq is given
-- again, although the message that had it may be gone.
CREATE TABLE history (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  low     INTEGER NOT NULL,
  high    INTEGER NOT NULL,
  deleted INTEGER NOT NULL
);

INSERT INTO history (id, low, high, deleted)
SELECT 1, coalesce(max(seq), 0), coalesce(max(seq), 0), 0 FROM messages;

-- Conversations whose messages up to a seq the user wants gone, and which are not all gone yet.
CREATE TABLE deletions (
  peer   INTEGER PRIMARY KEY REFERENCES peers (id),
  up_to  INTEGER NOT NULL
);
