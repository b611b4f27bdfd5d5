package store

import (
	"context"
	"slices"

	"deltoid/capture"
)

// Stocks are what was counted in a clinic, by id.
func (s *Store) Stocks(ctx context.Context, clinicID string) ([]capture.Stock, error) {
	all, err := allRecords[capture.Stock](ctx, s, stockTable)
	return slices.DeleteFunc(all, func(stock capture.Stock) bool { return stock.ClinicID != clinicID }), err
}

// SaveStock keeps a count; it replaces an earlier one of the same clinic and batch.
func (s *Store) SaveStock(ctx context.Context, stock capture.Stock, entry capture.AuditEntry) error {
	if err := needID(stock.ID, "count"); err != nil {
		return err
	}
	return s.commit(ctx, &entry, func(t *transaction) error { return t.replace(stockTable, stock.ID, stock) })
}
