-- The records file, first shape. docs/store-format.md explains every table.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE keyslot (
    id           TEXT PRIMARY KEY, -- staff id, or 'recovery'
    user_name    TEXT NOT NULL,    -- in clear: needed before the file is unlocked
    passes       INTEGER NOT NULL,
    memory_kib   INTEGER NOT NULL,
    lanes        INTEGER NOT NULL,
    salt         BLOB NOT NULL,
    wrapped      BLOB NOT NULL,
    committed_at INTEGER NOT NULL
) STRICT;

-- Sealed records. seq is the audit entry that vouches for the record; times are Unix microseconds.

CREATE TABLE person (
    id           TEXT PRIMARY KEY,
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;
CREATE INDEX person_by_seq ON person (seq);

CREATE TABLE staff (
    id           TEXT PRIMARY KEY,
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;

CREATE TABLE clinic (
    id           TEXT PRIMARY KEY,
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;

CREATE TABLE batch (
    id           TEXT PRIMARY KEY,
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;

CREATE TABLE draft (
    id           TEXT PRIMARY KEY,
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;

CREATE TABLE configuration (
    id           TEXT PRIMARY KEY,
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL
) STRICT;

CREATE TABLE event (
    id           TEXT NOT NULL,
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;

CREATE TABLE blind (
    value BLOB NOT NULL, -- keyed hash of a field's value
    id    TEXT NOT NULL, -- of the record that has it
    PRIMARY KEY (value, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    seq          INTEGER PRIMARY KEY,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL,
    hash         BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain is never changed'); END;
CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain is never cut'); END;

-- The ledger: what is due to go out, and what went where.

CREATE TABLE delivery (
    id           TEXT PRIMARY KEY,
    version      INTEGER NOT NULL, -- rises with each change of state
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    file_name    TEXT UNIQUE,      -- NULL while the file is being built
    state        TEXT NOT NULL,    -- 'building' until it is finished
    sealed       BLOB NOT NULL
) STRICT;

CREATE TABLE chunk (
    delivery_id TEXT NOT NULL REFERENCES delivery (id),
    n           INTEGER NOT NULL, -- from 0
    sealed      BLOB NOT NULL,
    PRIMARY KEY (delivery_id, n)
) STRICT;

CREATE TABLE pending (
    seq           INTEGER PRIMARY KEY,
    kind          TEXT NOT NULL,
    event_id      TEXT NOT NULL,
    event_version INTEGER NOT NULL,
    committed_at  INTEGER NOT NULL,
    delivery_id   TEXT REFERENCES delivery (id), -- NULL: in no file
    row_n         INTEGER,                       -- data row from 1; 0: no row needed; NULL: waiting
    superseded    INTEGER NOT NULL DEFAULT 0,    -- 1: a later version of the event has a row, too
    UNIQUE (event_id, kind, event_version),
    FOREIGN KEY (event_id, event_version) REFERENCES event (id, version)
) STRICT;
CREATE INDEX pending_waiting ON pending (kind, seq) WHERE row_n IS NULL;
CREATE INDEX pending_waiting_event ON pending (kind, event_id, seq) WHERE row_n IS NULL;
CREATE INDEX pending_by_delivery ON pending (delivery_id, superseded, row_n);

-- Which pending rows a file was built from; kept also when the file is refused and its rows go into another.
CREATE TABLE delivery_row (
    delivery_id TEXT NOT NULL REFERENCES delivery (id),
    pending_seq INTEGER NOT NULL REFERENCES pending (seq),
    row_n       INTEGER NOT NULL,
    PRIMARY KEY (delivery_id, pending_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE held (
    kind         TEXT NOT NULL,
    event_id     TEXT NOT NULL,
    version      INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL,
    PRIMARY KEY (kind, event_id)
) STRICT;
