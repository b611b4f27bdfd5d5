-- What a clinic counted of each batch: drawn up, thrown away, left.

CREATE TABLE stock (
    id           TEXT PRIMARY KEY, -- clinic id / batch id
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;
