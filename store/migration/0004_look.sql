-- Look-ups of earlier vaccinations, kept for a while. The id is a keyed hash, so that it does not lead to the person.

CREATE TABLE look (
    id           TEXT PRIMARY KEY,
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;
