package ui

import "deltoid/capture"

// people are whom records are about, by the record's id.
type people map[string]capture.Person

// peopleOf finds whom records are about. One that cannot be found is left out.
func peopleOf(ctx ctx, desk *capture.Desk, ids []string) (people, error) {
	found := make(people, len(ids))
	for _, id := range ids {
		if _, known := found[id]; known {
			continue
		}
		versions, err := versionsOf(ctx, desk, id)
		switch {
		case capture.IsNotFound(err):
		case err != nil:
			return nil, err
		case len(versions) > 0:
			found[id] = versions[len(versions)-1].Person
		}
	}
	return found, nil
}

// versionsOf are the versions of a vaccination record, or of the one that a reaction followed.
func versionsOf(ctx ctx, desk *capture.Desk, id string) ([]capture.Event, error) {
	versions, err := desk.Store.Event(ctx, id)
	if !capture.IsNotFound(err) {
		return versions, err
	}
	reactions, reactionErr := desk.Store.Reaction(ctx, id)
	if reactionErr != nil || len(reactions) == 0 {
		return nil, err
	}
	return desk.Store.Event(ctx, reactions[0].EventID)
}

// name is how a list shows the person whom a record is about, or enough of its id to tell it by.
func (p people) name(app *App, id string) string {
	if person, known := p[id]; known {
		return app.nameOf(person)
	}
	return "record " + short(id)
}

// openVersion opens the record that caused a row; rows of counts are about nobody.
func openVersion(app *App, version capture.Version) {
	if version.EventID == "" {
		return
	}
	once(app, func(ctx ctx) ([]capture.Event, error) { return versionsOf(ctx, app.session.Desk, version.EventID) },
		func(versions []capture.Event, err error) {
			if err != nil || len(versions) == 0 {
				app.tell(err)
				return
			}
			showRecord(app, versions[len(versions)-1])
		})
}
