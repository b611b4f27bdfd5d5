package store

import (
	"context"
	"runtime"
	"sync"

	"deltoid/capture"
)

// Search looks in memory for people matching every word typed, best first: the surname itself, then surnames that begin
// with it, then the others, each in alphabetical order. A limit below 1 finds nobody.
func (s *Store) Search(query string, limit int) []capture.Person {
	return s.people.search(parseQuery(query), limit)
}

// People is how many people are on the list.
func (s *Store) People() int { return s.people.len() }

// Unreadable is how many people's records did not open when the list was built; Verify names them. The desk goes on with
// the others, because what waits to be sent must still go out.
func (s *Store) Unreadable() int { return int(s.unreadable.Load()) }

// Refresh takes in people whom another process, such as deltoidctl, has saved since the last look.
func (s *Store) Refresh(ctx context.Context) error {
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	rows, err := s.query(ctx, `SELECT id, version, seq, sealed FROM person WHERE seq > ? ORDER BY seq`, s.seenSeq)
	if err != nil {
		return readingFault(err)
	}
	defer rows.Close()
	for rows.Next() {
		var row personRow
		if err := rows.Scan(&row.id, &row.version, &row.seq, &row.sealed); err != nil {
			return readingFault(err)
		}
		if person, err := unseal[capture.Person](s.keys, personTable, row.id, row.version, row.sealed); err == nil {
			s.people.put(person, row.version)
		} else {
			s.unreadable.Add(1)
		}
		s.seenSeq = row.seq
	}
	return readingFault(rows.Err())
}

type personRow struct {
	id           string
	version, seq int64
	sealed       []byte
}

// loadRows is how many rows a worker opens at a time.
const loadRows = 2048

// loadPeople builds the index of everybody: one goroutine reads, as many as there are processors open the records.
func (s *Store) loadPeople(ctx context.Context) error {
	work := make(chan []personRow, runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	var sources []source
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for rows := range work {
				opened := s.openPeople(rows)
				mu.Lock()
				sources = append(sources, opened...)
				mu.Unlock()
			}
		})
	}
	err := s.readPeople(ctx, work)
	close(work)
	workers.Wait()
	if err != nil {
		return err
	}
	s.people.fill(sources)
	return nil
}

func (s *Store) readPeople(ctx context.Context, work chan<- []personRow) error {
	rows, err := s.query(ctx, `SELECT id, version, seq, sealed FROM person`)
	if err != nil {
		return err
	}
	defer rows.Close()
	chunk := make([]personRow, 0, loadRows)
	for rows.Next() {
		var row personRow
		if err := rows.Scan(&row.id, &row.version, &row.seq, &row.sealed); err != nil {
			return err
		}
		s.seenSeq = max(s.seenSeq, row.seq)
		if chunk = append(chunk, row); len(chunk) == loadRows {
			work <- chunk
			chunk = make([]personRow, 0, loadRows)
		}
	}
	work <- chunk
	return rows.Err()
}

func (s *Store) openPeople(rows []personRow) []source {
	sources := make([]source, 0, len(rows))
	for _, row := range rows {
		person, err := unseal[capture.Person](s.keys, personTable, row.id, row.version, row.sealed)
		if err != nil {
			s.unreadable.Add(1)
			continue
		}
		sources = append(sources, newSource(person, row.version))
	}
	return sources
}
