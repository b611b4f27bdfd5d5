package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migration/*.sql
var migrations embed.FS

// migrate brings the tables up to schemaVersion, one transaction for each step.
func migrate(ctx context.Context, writer *sql.DB) error {
	var at int
	if err := writer.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&at); err != nil {
		return err
	}
	names, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil {
		return err
	}
	if len(names) != schemaVersion {
		return fmt.Errorf("%d migrations for schema version %d", len(names), schemaVersion)
	}
	for ; at < schemaVersion; at++ {
		if err := migrateOnce(ctx, writer, names[at], at+1); err != nil {
			return fmt.Errorf("%s: %w", names[at], err)
		}
	}
	return nil
}

func migrateOnce(ctx context.Context, writer *sql.DB, name string, to int) error {
	script, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	tx, err := writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	// Another process may have taken the step while this one waited for its turn.
	var at int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&at); err != nil || at >= to {
		return err
	}
	header := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, to)
	for _, statements := range []string{string(script), header} {
		if _, err := tx.ExecContext(ctx, statements); err != nil {
			return err
		}
	}
	return tx.Commit()
}
