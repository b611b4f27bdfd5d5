package capture

import (
	"context"
	"slices"
	"time"
)

// forgetAfter is how long a look-up is kept once the clinic it was made in has closed (clinical facts 7.6); one that was
// made outside a clinic counts from when it was made.
const forgetAfter = 24 * time.Hour

// KeptLook is a look-up that is kept on this device for a while, sealed, so that the desk can go on without a connection.
type KeptLook struct {
	PersonID  string      `json:"personId"`
	Disease   string      `json:"disease"`
	NHSNumber NHSNumber   `json:"nhsNumber"`          // it was asked with; the answer holds for no other
	ClinicID  string      `json:"clinicId,omitempty"` // open at the time
	Answer    Looked      `json:"answer,omitzero"`    // the last that came; zero: none has
	TriedAt   time.Time   `json:"triedAt"`
	Failed    StatusState `json:"failed,omitempty"` // how the try at TriedAt ended, when no answer came
	Problem   string      `json:"problem,omitempty"`
}

// state is how much the look-up is worth at a moment.
func (k KeptLook) state(now time.Time) StatusState {
	fresh := !k.Answer.At.IsZero() && now.Sub(k.Answer.At) <= freshFor
	switch {
	case k.TriedAt.IsZero():
		return StatusNotRequested
	case fresh:
		return StatusFresh
	case k.Failed != "":
		return k.Failed
	}
	return StatusStale
}

// markedFor hides the places when the person must not be found by them.
func (k KeptLook) markedFor(person Person) KeptLook {
	if !person.Sensitive {
		return k
	}
	found := slices.Clone(k.Answer.Found)
	for i, entry := range found {
		found[i] = entry.hidden()
	}
	k.Answer.Found = found
	return k
}

// due tells whether the look-up must be forgotten.
func (k KeptLook) due(now time.Time, clinics []Clinic) bool {
	since := k.TriedAt
	if k.ClinicID != "" {
		i := slices.IndexFunc(clinics, func(c Clinic) bool { return c.ID == k.ClinicID })
		if i >= 0 {
			since = clinics[i].ClosedAt
		}
	}
	return !since.IsZero() && now.Sub(since) >= forgetAfter
}

// usableLook is the look-up kept of a person and a disease; an empty one when none may be used. What should not be kept as it
// is, is put right at once.
func (d *Desk) usableLook(ctx context.Context, person Person, disease string) (KeptLook, error) {
	none := KeptLook{PersonID: person.ID, Disease: disease, NHSNumber: person.NHSNumber}
	kept, err := d.Store.KeptLook(ctx, person.ID, disease)
	if IsNotFound(err) {
		return none, nil
	}
	if err != nil {
		return none, err
	}
	clinics, err := d.Store.Clinics(ctx)
	if err != nil {
		return none, err
	}
	if kept.NHSNumber != person.NHSNumber || kept.due(d.Now(), clinics) {
		return none, d.Store.DropLooks(ctx, []KeptLook{kept}, d.entry("status.forget", "person/"+person.ID, ""))
	}
	if person.Sensitive && slices.ContainsFunc(kept.Answer.Found, func(v Vaccination) bool { return !v.Restricted }) {
		kept = kept.markedFor(person)
		return kept, d.Store.KeepLook(ctx, kept, d.entry("status.hide", "person/"+person.ID, ""))
	}
	return kept, nil
}

// ForgetLooks removes look-ups from this device: those that are due, 24 hours after their clinic closed, or all. It tells
// how many there were. Those that are due are also removed at every sign-in and whenever a clinic opens.
func (d *Desk) ForgetLooks(ctx context.Context, all bool) (int, error) {
	looks, err := d.Store.KeptLooks(ctx)
	if err != nil || len(looks) == 0 {
		return 0, err
	}
	clinics, err := d.Store.Clinics(ctx)
	if err != nil {
		return 0, err
	}
	if !all {
		looks = slices.DeleteFunc(looks, func(k KeptLook) bool { return !k.due(d.Now(), clinics) })
	}
	if len(looks) == 0 {
		return 0, nil
	}
	return len(looks), d.Store.DropLooks(ctx, looks, d.entry("status.forget", "status", ""))
}
