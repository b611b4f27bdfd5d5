-- A pending row is about an event or an adverse reaction. SQLite changes no foreign key, so the ledger is made anew.

ALTER TABLE delivery_row RENAME TO delivery_row_before;
ALTER TABLE pending RENAME TO pending_before;

CREATE TABLE pending (
    seq            INTEGER PRIMARY KEY,
    kind           TEXT NOT NULL,
    record         TEXT NOT NULL CHECK (record IN ('event', 'reaction')),
    record_id      TEXT NOT NULL,
    record_version INTEGER NOT NULL,
    committed_at   INTEGER NOT NULL,
    delivery_id    TEXT REFERENCES delivery (id), -- NULL: in no file
    row_n          INTEGER,                       -- data row from 1; 0: no row needed; NULL: waiting
    superseded     INTEGER NOT NULL DEFAULT 0,    -- 1: a later version of the record has a row, too
    event_id       TEXT AS (CASE record WHEN 'event' THEN record_id END),
    reaction_id    TEXT AS (CASE record WHEN 'reaction' THEN record_id END),
    UNIQUE (record_id, kind, record_version),
    FOREIGN KEY (event_id, record_version) REFERENCES event (id, version),
    FOREIGN KEY (reaction_id, record_version) REFERENCES reaction (id, version)
) STRICT;
INSERT INTO pending (seq, kind, record, record_id, record_version, committed_at, delivery_id, row_n, superseded)
    SELECT seq, kind, 'event', event_id, event_version, committed_at, delivery_id, row_n, superseded FROM pending_before;

CREATE TABLE delivery_row (
    delivery_id TEXT NOT NULL REFERENCES delivery (id),
    pending_seq INTEGER NOT NULL REFERENCES pending (seq),
    row_n       INTEGER NOT NULL,
    span        INTEGER NOT NULL DEFAULT 1, -- rows of the file from row_n on; 0: the row is shared with other records
    PRIMARY KEY (delivery_id, pending_seq)
) STRICT, WITHOUT ROWID;
INSERT INTO delivery_row (delivery_id, pending_seq, row_n, span) SELECT delivery_id, pending_seq, row_n, span FROM delivery_row_before;

DROP TABLE delivery_row_before;
DROP TABLE pending_before;

CREATE INDEX pending_waiting ON pending (kind, seq) WHERE row_n IS NULL;
CREATE INDEX pending_waiting_record ON pending (kind, record_id, seq) WHERE row_n IS NULL;
CREATE INDEX pending_by_delivery ON pending (delivery_id, superseded, row_n);

ALTER TABLE held RENAME COLUMN event_id TO record_id;
