-- Messages that have come through MESH, as they came, and what is remembered of the connection.

CREATE TABLE inbound (
    id           TEXT PRIMARY KEY, -- the message id that MESH gave
    version      INTEGER NOT NULL, -- rises with each change of what became of it
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    state        TEXT NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;
CREATE INDEX inbound_by_state ON inbound (state);

CREATE TABLE inbound_chunk (
    inbound_id TEXT NOT NULL REFERENCES inbound (id),
    n          INTEGER NOT NULL, -- from 0
    sealed     BLOB NOT NULL,
    PRIMARY KEY (inbound_id, n)
) STRICT;

-- One record: when MESH was reached, when the inbox was listed, when files were made by the timetable.
CREATE TABLE contact (
    id           TEXT PRIMARY KEY,
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;
