-- Which of the open conversations is in front.
ALTER TABLE open_conversations ADD COLUMN front INTEGER NOT NULL DEFAULT 0;
