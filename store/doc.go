// Package store keeps everything the desk records in one SQLite file in which every record is sealed:
// people, staff, clinics, batches, drafts, events, the ledger of extracts, and the audit chain that ties them together.
//
// It knows no clinical rule, no column of an extract, no screen and no network: it keeps what it is given,
// durably and unread by others, and says so when it cannot. docs/store-format.md describes the file.
package store
