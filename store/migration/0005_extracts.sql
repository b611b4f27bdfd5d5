-- Several extracts: an event may have several rows in a file, or share one; what the receiver answered to each row.

-- Rows of the file from row_n on; 0: the row is shared with other events.
ALTER TABLE delivery_row ADD COLUMN span INTEGER NOT NULL DEFAULT 1;

CREATE TABLE answer (
    delivery_id  TEXT NOT NULL REFERENCES delivery (id),
    row_n        INTEGER NOT NULL,
    outcome      TEXT NOT NULL, -- accepted, rejected, or requeued: rejected, and waiting to go again
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL,
    PRIMARY KEY (delivery_id, row_n)
) STRICT, WITHOUT ROWID;
