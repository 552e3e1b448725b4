-- What somebody is to be told by the first request to see their presence, until a server has taken it.
ALTER TABLE contacts ADD COLUMN introduction TEXT NOT NULL DEFAULT '';
