package store

import (
	"context"

	"deltoid/capture"
)

// Packs are the numbers on packs whose product an administrator has said, by number.
func (s *Store) Packs(ctx context.Context) ([]capture.Pack, error) {
	return allRecords[capture.Pack](ctx, s, packTable)
}

// SavePack keeps the product of a number on packs.
func (s *Store) SavePack(ctx context.Context, pack capture.Pack, entry capture.AuditEntry) error {
	if err := needID(pack.GTIN, "product number"); err != nil {
		return err
	}
	return s.commit(ctx, &entry, func(t *transaction) error { return t.replace(packTable, pack.GTIN, pack) })
}
