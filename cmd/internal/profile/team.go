package profile

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"deltoid/capture"
	"deltoid/store"
)

// Colleague is a member of staff, and whether a passphrase of theirs opens the records.
type Colleague struct {
	capture.Staff
	SignsIn bool `json:"signsIn"`
}

// Team is everybody on the list, those who have left as well: what they recorded names them.
func (p *Profile) Team(ctx context.Context) ([]Colleague, error) {
	staff, err := p.Store.Staff(ctx)
	if err != nil {
		return nil, err
	}
	locked, err := store.Open(ctx, p.options.store(p.Dir))
	if err != nil {
		return nil, err
	}
	names := locked.UserNames()
	team := make([]Colleague, len(staff))
	for i, member := range staff {
		team[i] = Colleague{member, slices.Contains(names, member.UserName)}
	}
	return team, nil
}

// NeedAdmin is an error unless an administrator is signed in.
func (p *Profile) NeedAdmin(what string) error {
	if p.Staff.Admin {
		return nil
	}
	return &capture.Error{Code: capture.Forbidden, Message: "Only an administrator may " + what + ". Sign in as one"}
}

// changeTeam is what only an administrator may do here.
const changeTeam = "change the team"

// AddColleague takes somebody in, with the passphrase they sign in with. Only an administrator may.
func (p *Profile) AddColleague(ctx context.Context, colleague capture.Staff, passphrase string) (capture.Staff, error) {
	if err := p.NeedAdmin(changeTeam); err != nil {
		return capture.Staff{}, err
	}
	faults := colleague.Check(p.Desk.Edition())
	// The store says so too, but only when the colleague is on the list already.
	if utf8.RuneCountInString(passphrase) < store.MinPassphrase {
		faults.Add("passphrase", fmt.Sprintf("Choose a passphrase of at least %d characters; three or four words are easy to remember", store.MinPassphrase))
	}
	if err := faults.Err(); err != nil {
		return capture.Staff{}, err
	}
	added, err := p.Desk.AddStaff(ctx, colleague)
	if err != nil {
		return capture.Staff{}, err
	}
	if err := p.setPassphrase(ctx, added, passphrase); err != nil {
		return capture.Staff{}, fmt.Errorf("%s is on the list, but has no passphrase yet: %w", added.UserName, err)
	}
	return added, nil
}

// RemoveColleague takes the records away from somebody who has left: their passphrase opens nothing any more. They stay
// on the list and in what they recorded. Only an administrator may, and not for themselves, so that one is always left.
func (p *Profile) RemoveColleague(ctx context.Context, userName string) (capture.Staff, error) {
	if err := p.NeedAdmin(changeTeam); err != nil {
		return capture.Staff{}, err
	}
	colleague, err := member(ctx, p.Store, userName)
	if err != nil {
		return capture.Staff{}, err
	}
	if colleague.ID == p.Staff.ID {
		return capture.Staff{}, &capture.Error{Code: capture.Refused, Message: "You cannot take your own passphrase away. Ask another administrator"}
	}
	return colleague, p.Store.RemovePassphrase(ctx, colleague.ID, p.entry("staff.remove", "staff/"+colleague.ID))
}

// GivePassphrase makes a passphrase the one that a member of staff signs in with from now on: of oneself, or, for an
// administrator, of anybody.
func (p *Profile) GivePassphrase(ctx context.Context, userName, passphrase string) (capture.Staff, error) {
	colleague, err := member(ctx, p.Store, userName)
	if err != nil {
		return capture.Staff{}, err
	}
	if colleague.ID != p.Staff.ID {
		if err := p.NeedAdmin("choose a passphrase for somebody else"); err != nil {
			return capture.Staff{}, err
		}
	}
	return colleague, p.setPassphrase(ctx, colleague, passphrase)
}

func (p *Profile) setPassphrase(ctx context.Context, staff capture.Staff, passphrase string) error {
	return p.Store.SetPassphrase(ctx, staff.ID, passphrase, p.entry("staff.passphrase", "staff/"+staff.ID))
}

// Recover gives a member of staff a new passphrase by the recovery key, when nobody who may do so can sign in.
func (l *Locked) Recover(ctx context.Context, recoveryKey, userName, passphrase string) (_ capture.Staff, err error) {
	records, err := l.locked.UnlockWithRecovery(ctx, recoveryKey)
	if err != nil {
		return capture.Staff{}, err
	}
	defer func() {
		if closing := records.Close(); err == nil {
			err = closing
		}
	}()
	staff, err := member(ctx, records, userName)
	if err != nil {
		return capture.Staff{}, err
	}
	return staff, records.SetPassphrase(ctx, staff.ID, passphrase, capture.AuditEntry{
		At: l.options.Now().UTC(), By: store.ByRecovery, Action: "staff.passphrase", Subject: "staff/" + staff.ID,
	})
}

func member(ctx context.Context, records *store.Store, userName string) (capture.Staff, error) {
	all, err := records.Staff(ctx)
	if err != nil {
		return capture.Staff{}, err
	}
	i := slices.IndexFunc(all, func(s capture.Staff) bool { return s.UserName == userName })
	if i < 0 {
		return capture.Staff{}, &capture.Error{Code: capture.NotFound, Field: "userName", Message: "There is no member of staff with this user name"}
	}
	return all[i], nil
}
