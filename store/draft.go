package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"deltoid/capture"
)

const noDraft = "This visit is not among the unfinished ones: it was completed or discarded. Find the person to see their records"

// Drafts are the unfinished visits, oldest first.
func (s *Store) Drafts(ctx context.Context) ([]capture.Encounter, error) {
	all, err := allRecords[capture.Encounter](ctx, s, draftTable)
	slices.SortFunc(all, func(a, b capture.Encounter) int {
		return cmp.Or(a.StartedAt.Compare(b.StartedAt), strings.Compare(a.ID, b.ID))
	})
	return all, err
}

// Draft is one unfinished visit.
func (s *Store) Draft(ctx context.Context, id string) (capture.Encounter, error) {
	return oneRecord[capture.Encounter](ctx, s, draftTable, id, noDraft)
}

// SaveDraft keeps a visit as it stands. It refuses with Conflict a revision that is not newer than the one kept, and a
// visit whose event is final already.
func (s *Store) SaveDraft(ctx context.Context, encounter capture.Encounter) error {
	if err := needID(encounter.ID, "visit"); err != nil {
		return err
	}
	return s.commit(ctx, nil, func(t *transaction) error {
		kept, err := t.version(draftTable, encounter.ID)
		if err != nil {
			return err
		}
		if int64(encounter.Revision) <= kept {
			return &capture.Error{Code: capture.Conflict, Field: "revision", Message: "This visit was changed in another window. Open it again from the unfinished visits; what was saved there is kept"}
		}
		final, err := t.latestVersion(eventTable, encounter.EventID)
		if err != nil {
			return err
		}
		if final > 0 {
			return &capture.Error{Code: capture.Conflict, Field: "eventId", Message: "This visit was completed in another window. Find the person to see the record; correct it there if something is wrong"}
		}
		return t.put(draftTable, encounter.ID, int64(encounter.Revision), encounter)
	})
}

// DropDraft throws an unfinished visit away.
func (s *Store) DropDraft(ctx context.Context, id string, entry capture.AuditEntry) error {
	return s.commit(ctx, &entry, func(t *transaction) error {
		dropped, err := t.remove(draftTable, id)
		if err == nil && !dropped {
			return &capture.Error{Code: capture.NotFound, Message: noDraft}
		}
		return err
	})
}
