-- Finished observations after a dose, one for each event.

CREATE TABLE observation (
    id           TEXT PRIMARY KEY, -- event id
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;

-- Which product a number on packs (GTIN) belongs to, said once by an administrator. The id is the GTIN.

CREATE TABLE pack (
    id           TEXT PRIMARY KEY,
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;
