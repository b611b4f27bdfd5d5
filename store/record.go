package store

import (
	"context"
	"encoding/json"
	"fmt"

	"deltoid/capture"
)

// unseal opens a record and decodes it. A record that does not open is damage, named by table and id.
func unseal[T any](keys *keyring, from table, id string, version int64, sealed []byte) (T, error) {
	var value T
	plain, err := keys.open(string(from), id, version, sealed)
	if err == nil {
		err = json.Unmarshal(plain, &value)
	}
	if err != nil {
		// The decoder's own words may quote the record, so they stay out.
		return value, damaged(fmt.Errorf("%s %s version %d: %w", from, id, version, errUnsealed))
	}
	return value, nil
}

// oneRecord reads a record; missing says what to tell when there is none.
func oneRecord[T any](ctx context.Context, s *Store, from table, id, missing string) (T, error) {
	var version int64
	var sealed []byte
	err := s.queryRow(ctx, `SELECT version, sealed FROM `+string(from)+` WHERE id = ?`, id).Scan(&version, &sealed)
	if notFound(err) {
		var none T
		return none, &capture.Error{Code: capture.NotFound, Message: missing}
	}
	if err != nil {
		var none T
		return none, readingFault(err)
	}
	return unseal[T](s.keys, from, id, version, sealed)
}

// allRecords reads a table that is small enough to be read whole, in the order of ids.
func allRecords[T any](ctx context.Context, s *Store, from table) ([]T, error) {
	return unsealAll[T](ctx, s, from, `SELECT id, version, sealed FROM `+string(from)+` ORDER BY id`)
}

// needID refuses a record without an id, which could never be found again.
func needID(id, what string) error {
	if id == "" {
		return &capture.Error{Code: capture.Invalid, Field: "id", Message: "This " + what + " has no id and cannot be saved. Start again from the list"}
	}
	return nil
}

// unsealAll reads every row of a query that selects id, version and sealed from a table.
func unsealAll[T any](ctx context.Context, s *Store, from table, query string, args ...any) ([]T, error) {
	rows, err := s.query(ctx, query, args...)
	if err != nil {
		return nil, readingFault(err)
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var id string
		var version int64
		var sealed []byte
		if err := rows.Scan(&id, &version, &sealed); err != nil {
			return nil, readingFault(err)
		}
		record, err := unseal[T](s.keys, from, id, version, sealed)
		if err != nil {
			return nil, err
		}
		all = append(all, record)
	}
	return all, readingFault(rows.Err())
}
