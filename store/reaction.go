package store

import (
	"context"

	"deltoid/capture"
)

// SaveReaction makes a version of an adverse reaction final in one durable transaction: the version, a pending row for each
// extract in dues, and the audit entry. A version that is kept already, or does not follow the latest, is a Conflict; a
// reaction to an event that is not kept is NotFound.
func (s *Store) SaveReaction(ctx context.Context, reaction capture.Reaction, dues []string, entry capture.AuditEntry) error {
	return s.commit(ctx, &entry, func(t *transaction) error { return t.addReaction(reaction, dues) })
}

func (t *transaction) addReaction(reaction capture.Reaction, dues []string) error {
	if err := needID(reaction.ID, "reaction"); err != nil {
		return err
	}
	if known, err := t.latestVersion(eventTable, reaction.EventID); err != nil || known == 0 {
		if err != nil {
			return err
		}
		return &capture.Error{Code: capture.NotFound, Field: "eventId", Message: "The vaccination of this reaction is not on this device. Look for the person, then for the record"}
	}
	if err := t.addVersion(reactionTable, reaction.ID, int64(reaction.Version), reaction); err != nil {
		return err
	}
	if err := t.addDues(reactionTable, reaction.ID, reaction.Version, dues); err != nil {
		return err
	}
	return t.addBlind(fieldReaction, reaction.EventID, reaction.ID)
}

// Reaction gives every version, oldest first.
func (s *Store) Reaction(ctx context.Context, id string) ([]capture.Reaction, error) {
	versions, err := unsealAll[capture.Reaction](ctx, s, reactionTable, `SELECT id, version, sealed FROM reaction WHERE id = ? ORDER BY version`, id)
	if err == nil && len(versions) == 0 {
		return nil, &capture.Error{Code: capture.NotFound, Message: "This reaction is not on this device. Look for the vaccination that came before it"}
	}
	return versions, err
}

// reactionsOf selects the latest versions of the reactions under a blind value, in the order they were first saved.
const reactionsOf = `SELECT latest.id, latest.version, latest.sealed
	FROM blind
	JOIN reaction AS first ON first.id = blind.id AND first.version = 1
	JOIN reaction AS latest ON latest.id = blind.id AND latest.version = (SELECT max(version) FROM reaction WHERE reaction.id = blind.id)
	WHERE blind.value = ?
	ORDER BY first.seq`

// ReactionsOf gives the latest version of each reaction linked to an event, oldest first, deleted ones too.
func (s *Store) ReactionsOf(ctx context.Context, eventID string) ([]capture.Reaction, error) {
	return unsealAll[capture.Reaction](ctx, s, reactionTable, reactionsOf, s.keys.blindValue(fieldReaction, eventID))
}
