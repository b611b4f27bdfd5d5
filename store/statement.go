package store

import (
	"context"
	"database/sql"
)

// statements are those of the writing connection that are compiled already. Compiling takes SQLite as long as running a
// short statement does. They are used under Store.writing.
type statements struct {
	ready  map[string]*sql.Stmt
	wanted map[string]bool
}

func newStatements() statements {
	return statements{ready: map[string]*sql.Stmt{}, wanted: map[string]bool{}}
}

// compiled gives the compiled form of a statement within a transaction, or nil the first time.
func (t *transaction) compiled(text string) *sql.Stmt {
	known := &t.store.statements
	if ready, ok := known.ready[text]; ok {
		return t.tx.StmtContext(t.ctx, ready)
	}
	known.wanted[text] = true
	return nil
}

// compileWanted compiles what the last transaction had to do without. It needs the connection, which a transaction holds.
func (s *Store) compileWanted(ctx context.Context) {
	for text := range s.statements.wanted {
		if compiled, err := s.writer.PrepareContext(ctx, text); err == nil {
			s.statements.ready[text] = compiled
		}
		delete(s.statements.wanted, text)
	}
}

// exec runs a statement that must succeed.
func (t *transaction) exec(text string, args ...any) error {
	_, err := t.run(text, args)
	return err
}

// count runs a statement and tells how many rows it changed.
func (t *transaction) count(text string, args ...any) (int64, error) {
	result, err := t.run(text, args)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (t *transaction) run(text string, args []any) (sql.Result, error) {
	if compiled := t.compiled(text); compiled != nil {
		return compiled.ExecContext(t.ctx, args...)
	}
	return t.tx.ExecContext(t.ctx, text, args...)
}

// row runs a query for one row.
func (t *transaction) row(text string, args ...any) *sql.Row {
	if compiled := t.compiled(text); compiled != nil {
		return compiled.QueryRowContext(t.ctx, args...)
	}
	return t.tx.QueryRowContext(t.ctx, text, args...)
}

// query asks for rows beside whatever is being written.
func (s *Store) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if compiled := s.compiledQuery(ctx, text); compiled != nil {
		return compiled.QueryContext(ctx, args...)
	}
	return s.readers.QueryContext(ctx, text, args...)
}

// queryRow asks for one row beside whatever is being written.
func (s *Store) queryRow(ctx context.Context, text string, args ...any) *sql.Row {
	if compiled := s.compiledQuery(ctx, text); compiled != nil {
		return compiled.QueryRowContext(ctx, args...)
	}
	return s.readers.QueryRowContext(ctx, text, args...)
}

// compiledQuery gives the compiled form of a query, or nil when it cannot be had; asking then tells why.
func (s *Store) compiledQuery(ctx context.Context, text string) *sql.Stmt {
	if known, ok := s.queries.Load(text); ok {
		return known.(*sql.Stmt)
	}
	compiled, err := s.readers.PrepareContext(ctx, text)
	if err != nil {
		return nil
	}
	if known, already := s.queries.LoadOrStore(text, compiled); already {
		_ = compiled.Close()
		return known.(*sql.Stmt)
	}
	return compiled
}
