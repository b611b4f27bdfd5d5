package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"deltoid/capture"
)

// configurationID is the id of the one configuration record.
const configurationID = "configuration"

// Staff are all colleagues, by name.
func (s *Store) Staff(ctx context.Context) ([]capture.Staff, error) {
	all, err := allRecords[capture.Staff](ctx, s, staffTable)
	slices.SortFunc(all, func(a, b capture.Staff) int {
		return cmp.Or(strings.Compare(foldName(a.Surname), foldName(b.Surname)), strings.Compare(foldName(a.Forename), foldName(b.Forename)), strings.Compare(a.ID, b.ID))
	})
	return all, err
}

func (s *Store) staffMember(ctx context.Context, id string) (capture.Staff, error) {
	return oneRecord[capture.Staff](ctx, s, staffTable, id, "This colleague is not on this device. Ask an administrator to add them")
}

// SaveStaff keeps a colleague's details. Their key slot, if they have one, takes over a changed user name.
// A user name that somebody else has is a Conflict.
func (s *Store) SaveStaff(ctx context.Context, staff capture.Staff, entry capture.AuditEntry) error {
	if err := needID(staff.ID, "colleague"); err != nil {
		return err
	}
	return s.commit(ctx, &entry, func(t *transaction) error {
		var others int
		if err := t.row(`SELECT count(*) FROM keyslot WHERE user_name = ? AND id NOT IN (?, ?)`, staff.UserName, staff.ID, recoverySlot).Scan(&others); err != nil {
			return err
		}
		if others > 0 {
			return errUserNameTaken
		}
		if err := t.exec(`UPDATE keyslot SET user_name = ? WHERE id = ?`, staff.UserName, staff.ID); err != nil {
			return err
		}
		return t.replace(staffTable, staff.ID, staff)
	})
}

// Batches are all batches, first-expiring first.
func (s *Store) Batches(ctx context.Context) ([]capture.Batch, error) {
	all, err := allRecords[capture.Batch](ctx, s, batchTable)
	slices.SortFunc(all, func(a, b capture.Batch) int {
		return cmp.Or(a.Expiry.Compare(b.Expiry), strings.Compare(a.Number, b.Number), strings.Compare(a.ID, b.ID))
	})
	return all, err
}

// SaveBatch keeps a batch.
func (s *Store) SaveBatch(ctx context.Context, batch capture.Batch, entry capture.AuditEntry) error {
	if err := needID(batch.ID, "batch"); err != nil {
		return err
	}
	return s.commit(ctx, &entry, func(t *transaction) error { return t.replace(batchTable, batch.ID, batch) })
}

// Clinics come newest first.
func (s *Store) Clinics(ctx context.Context) ([]capture.Clinic, error) {
	all, err := allRecords[capture.Clinic](ctx, s, clinicTable)
	slices.SortFunc(all, func(a, b capture.Clinic) int {
		return cmp.Or(b.OpenedAt.Compare(a.OpenedAt), strings.Compare(a.ID, b.ID))
	})
	return all, err
}

// SaveClinic keeps a clinic.
func (s *Store) SaveClinic(ctx context.Context, clinic capture.Clinic, entry capture.AuditEntry) error {
	if err := needID(clinic.ID, "clinic"); err != nil {
		return err
	}
	return s.commit(ctx, &entry, func(t *transaction) error { return t.replace(clinicTable, clinic.ID, clinic) })
}

// Configuration is every setting that differs from its default; none before the first is saved.
func (s *Store) Configuration(ctx context.Context) (capture.Configuration, error) {
	configuration, err := oneRecord[capture.Configuration](ctx, s, configurationTable, configurationID, "no setting differs from its default")
	if capture.IsNotFound(err) || err == nil && configuration == nil {
		return capture.Configuration{}, nil
	}
	return configuration, err
}

// SaveConfiguration keeps the settings, secret ones too: all of it is sealed.
func (s *Store) SaveConfiguration(ctx context.Context, configuration capture.Configuration, entry capture.AuditEntry) error {
	return s.commit(ctx, &entry, func(t *transaction) error {
		return t.replace(configurationTable, configurationID, configuration)
	})
}
