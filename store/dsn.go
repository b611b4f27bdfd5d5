package store

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the "sqlite" driver
)

// What SQLite keeps in the file's header.
const (
	applicationID = 0x44454C54 // "DELT"
	schemaVersion = 8          // the newest migration
)

// busyMillis is how long a save waits for another process' save, in milliseconds; far above the longest transaction.
const busyMillis = "10000"

// readers is how many reads may run side by side.
const readers = 4

// fileURI names a file for SQLite, whatever characters are in its path, on Windows too.
func fileURI(path string, query url.Values) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return uriOf(filepath.ToSlash(absolute), query), nil
}

// uriOf takes an absolute path with forward slashes: /home/…, C:/Users/… or //server/share/….
func uriOf(slashed string, query url.Values) string {
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // drive letters stand after a slash: file:///C:/…
	}
	escaped := make([]string, 0, 8)
	for _, part := range strings.Split(slashed, "/") {
		escaped = append(escaped, strings.ReplaceAll(url.PathEscape(part), "%3A", ":"))
	}
	return "file://" + strings.Join(escaped, "/") + "?" + query.Encode()
}

// common are the settings of every connection.
func common() url.Values {
	return url.Values{
		"_busy_timeout": {busyMillis},
		"_foreign_keys": {"1"},
		"_dqs":          {"0"},
		"_defensive":    {"1"},
		"_error_rc":     {"1"},
		"_pragma": {
			"temp_store(2)", // temporary data must not reach the disk
			"trusted_schema(0)", "cell_size_check(1)", "secure_delete(1)", "mmap_size(0)",
		},
	}
}

// openWriter opens the one connection that writes. The file must exist.
func openWriter(path string) (*sql.DB, error) {
	query := common()
	query.Set("mode", "rw")
	query.Set("_journal_mode", "WAL")
	query.Set("_synchronous", "FULL")
	query.Set("_txlock", "immediate")
	query.Add("_pragma", "journal_size_limit(16777216)") // bytes the WAL keeps after a checkpoint
	return openDB(path, query, 1)
}

// openReaders opens the small pool that reads while something is written.
func openReaders(path string) (*sql.DB, error) {
	query := common()
	query.Set("mode", "rw") // a reader takes part in the WAL's bookkeeping
	query.Set("_query_only", "1")
	return openDB(path, query, readers)
}

// openUntouched opens a file to look at it; nothing of it is changed, not even its journal mode.
func openUntouched(path string) (*sql.DB, error) {
	query := common()
	query.Set("mode", "ro")
	query.Set("_query_only", "1")
	return openDB(path, query, 1)
}

func openDB(path string, query url.Values, connections int) (*sql.DB, error) {
	uri, err := fileURI(path, query)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", uri)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}
