package store

import (
	"context"
	"io/fs"
	"strings"
)

// What tests outside the package reach for.

// ExecWriter runs a statement on the connection that writes, for example to make the disk seem full.
func (s *Store) ExecWriter(statement string) error {
	_, err := s.writer.ExecContext(context.Background(), statement)
	return err
}

// WaitForIndex lets a rebuild of the search index end.
func (s *Store) WaitForIndex() { s.people.wait() }

// URIOf is the name SQLite gets for a path.
func URIOf(slashed string) string { return uriOf(slashed, nil) }

// Schema is every migration, in order.
func Schema() (string, error) {
	names, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, name := range names {
		script, err := migrations.ReadFile(name)
		if err != nil {
			return "", err
		}
		all.Write(script)
	}
	return all.String(), nil
}

// NewRecoveryKey is how recovery keys are made.
var NewRecoveryKey = newRecoveryKey
