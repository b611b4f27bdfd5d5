package store

import (
	"context"

	"deltoid/capture"
)

// Observation is how the observation after a dose ended.
func (s *Store) Observation(ctx context.Context, eventID string) (capture.Observation, error) {
	return oneRecord[capture.Observation](ctx, s, observationTable, eventID, "No observation of this record has ended")
}

// SaveObservation keeps how an observation ended; it replaces what was said before. The record it is about must be here.
func (s *Store) SaveObservation(ctx context.Context, observation capture.Observation, entry capture.AuditEntry) error {
	return s.commit(ctx, &entry, func(t *transaction) error {
		if known, err := t.latestVersion(eventTable, observation.EventID); err != nil || known == 0 {
			if err != nil {
				return err
			}
			return &capture.Error{Code: capture.NotFound, Field: "eventId", Message: "The vaccination of this observation is not on this device. Look for the person, then for the record"}
		}
		return t.replace(observationTable, observation.EventID, observation)
	})
}
