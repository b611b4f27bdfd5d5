-- Adverse reactions: every version of each, as of events.

CREATE TABLE reaction (
    id           TEXT NOT NULL,
    version      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    committed_at INTEGER NOT NULL,
    sealed       BLOB NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;
CREATE TRIGGER reaction_is_never_changed BEFORE UPDATE ON reaction
BEGIN SELECT RAISE(ABORT, 'a reaction is never changed'); END;
CREATE TRIGGER reaction_is_never_removed BEFORE DELETE ON reaction
BEGIN SELECT RAISE(ABORT, 'a reaction is never removed'); END;
