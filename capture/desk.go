package capture

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"deltoid/assets/catalogue"
)

// Desk is every use case of the vaccination desk, for the window and for deltoidctl alike. It may be used from several goroutines.
type Desk struct {
	Store     Store
	Assessor  Assessor
	Extracts  Extracts
	Provider  StatusProvider // looks up earlier vaccinations elsewhere; nil: nobody does
	Catalogue *catalogue.Catalogue
	Now       func() time.Time
	NewID     func() string // a UUID

	mu     sync.RWMutex
	user   Staff
	clinic Clinic
	pins   pins
}

// Today is the day on the clinic's clock.
func (d *Desk) Today() Date { return catalogue.DateOf(d.Now()) }

// Edition is the catalogue in force today.
func (d *Desk) Edition() *catalogue.Edition { return d.Catalogue.At(d.Today()) }

// SignIn makes a member of staff, whose passphrase was checked, the one who acts from now on, and picks up the clinic that is open.
func (d *Desk) SignIn(ctx context.Context, staff Staff) error {
	d.mu.Lock()
	d.rememberPassphrase(staff.ID)
	d.mu.Unlock()
	return d.signIn(ctx, staff, "staff.sign-in")
}

func (d *Desk) signIn(ctx context.Context, staff Staff, action string) error {
	clinics, err := d.Store.Clinics(ctx)
	if err != nil {
		return err
	}
	d.mu.Lock()
	d.user = staff
	d.clinic = Clinic{}
	if i := slices.IndexFunc(clinics, func(c Clinic) bool { return c.ClosedAt.IsZero() }); i >= 0 {
		d.clinic = clinics[i]
	}
	d.mu.Unlock()
	if err := d.Store.Audit(ctx, d.entry(action, "staff/"+staff.ID, "")); err != nil {
		return err
	}
	_, err = d.ForgetLooks(ctx, false)
	return err
}

// User is who is signed in.
func (d *Desk) User() Staff {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.user
}

// Clinic is the clinic that is open; ok is false when none is.
func (d *Desk) Clinic() (clinic Clinic, ok bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.clinic, d.clinic.ID != ""
}

// OpenClinic starts a day's work. While a clinic is open another cannot be: its people would be recorded at the wrong site.
func (d *Desk) OpenClinic(ctx context.Context, clinic Clinic) (Clinic, error) {
	clinic = clinic.Tidy()
	if err := clinic.Check(d.Edition()).Err(); err != nil {
		return Clinic{}, err
	}
	clinics, err := d.Store.Clinics(ctx)
	if err != nil {
		return Clinic{}, err
	}
	if i := slices.IndexFunc(clinics, func(c Clinic) bool { return c.ClosedAt.IsZero() }); i >= 0 {
		return Clinic{}, &Error{Code: Conflict, Field: "clinic", Message: "The clinic at " + clinics[i].Site.Name + " is still open. Close it first, or change it"}
	}
	if _, err := d.ForgetLooks(ctx, false); err != nil {
		return Clinic{}, err
	}
	clinic.ID, clinic.OpenedAt, clinic.OpenedBy = d.NewID(), d.Now().UTC(), d.User().ID
	return clinic, d.keepClinic(ctx, clinic, "clinic.open")
}

// ChangeClinic replaces what the open clinic carries over, for example its batch.
func (d *Desk) ChangeClinic(ctx context.Context, clinic Clinic) error {
	clinic = clinic.Tidy()
	if err := clinic.Check(d.Edition()).Err(); err != nil {
		return err
	}
	return d.keepClinic(ctx, clinic, "clinic.change")
}

// CloseClinic ends the day's work with a note for whoever opens next, which may be empty. While visits of the clinic are
// unfinished it is a Conflict, whose Problems list each of them; a difference between doses and records that is not explained
// is a Conflict, too. When no clinic is open it is Refused.
func (d *Desk) CloseClinic(ctx context.Context, handOver string) error {
	clinic, open := d.Clinic()
	if !open {
		return &Error{Code: Refused, Field: "clinic", Message: "No clinic is open"}
	}
	day, err := d.Reconcile(ctx)
	if err != nil {
		return err
	}
	left := day.Unexplained()
	if len(left) > 0 && len(left[0].Visits) > 0 {
		return d.unfinishedFault(ctx, clinic)
	}
	if len(left) > 0 {
		return &Error{Code: Conflict, Field: "clinic", Message: left[0].Sentence + ". Count the doses, put the records right or explain the difference, then close the clinic"}
	}
	clinic.ClosedAt, clinic.ClosedBy, clinic.HandOver = d.Now().UTC(), d.User().ID, strings.TrimSpace(handOver)
	if err := d.Store.SaveClinic(ctx, clinic, d.entry("clinic.close", "clinic/"+clinic.ID, "")); err != nil {
		return err
	}
	d.mu.Lock()
	d.clinic = Clinic{}
	d.mu.Unlock()
	return nil
}

// unfinishedFault says how many visits are unfinished, and of each when it was begun, by whom and how far it has come. It
// names no patient, because it may end in a log.
func (d *Desk) unfinishedFault(ctx context.Context, clinic Clinic) error {
	drafts, err := d.Store.Drafts(ctx)
	if err != nil {
		return err
	}
	unfinished := slices.DeleteFunc(drafts, func(e Encounter) bool { return e.ClinicID != clinic.ID })
	visits := several(len(unfinished), "visit of this clinic is", "visits of this clinic are")
	faults := Problems{{Code: Conflict, Field: "clinic", Message: visits + " not finished. Complete or discard what is in progress, then close the clinic"}}
	staff, err := d.staffByID(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(unfinished, func(a, b Encounter) int {
		return cmp.Or(a.StartedAt.Compare(b.StartedAt), cmp.Compare(a.ID, b.ID))
	})
	for _, visit := range unfinished {
		by, _ := staff(visit.StartedBy)
		words := "Begun at " + visit.StartedAt.In(catalogue.London).Format("15:04 on 2 January")
		if by.ID != "" {
			words += " by " + by.FullName()
		}
		faults = append(faults, &Error{Code: Conflict, Field: "encounter/" + visit.ID, Message: words + ", left at: " + string(visit.Step)})
	}
	return faults
}

func (d *Desk) keepClinic(ctx context.Context, clinic Clinic, action string) error {
	if err := d.Store.SaveClinic(ctx, clinic, d.entry(action, "clinic/"+clinic.ID, "")); err != nil {
		return err
	}
	d.mu.Lock()
	d.clinic = clinic
	d.mu.Unlock()
	return nil
}

// AddStaff takes a new colleague in.
func (d *Desk) AddStaff(ctx context.Context, staff Staff) (Staff, error) {
	faults := staff.Check(d.Edition())
	known, err := d.Store.Staff(ctx)
	if err != nil {
		return Staff{}, err
	}
	if slices.ContainsFunc(known, func(s Staff) bool { return s.UserName == staff.UserName }) {
		faults.Add("userName", "Choose another user name: this one is taken")
	}
	if err := faults.Err(); err != nil {
		return Staff{}, err
	}
	staff.ID = d.NewID()
	return staff, d.Store.SaveStaff(ctx, staff, d.entry("staff.add", "staff/"+staff.ID, ""))
}

// AddBatch takes a new batch in, also in the middle of an encounter and without a connection.
func (d *Desk) AddBatch(ctx context.Context, batch Batch) (Batch, error) {
	batch = batch.Tidy()
	faults := batch.Check(d.Edition(), d.Today())
	known, err := d.Store.Batches(ctx)
	if err != nil {
		return Batch{}, err
	}
	if slices.ContainsFunc(known, func(b Batch) bool {
		return b.Product == batch.Product && b.Number == batch.Number && b.Expiry == batch.Expiry
	}) {
		faults.Add("number", "There is already a batch with this number and expiry date")
	}
	if err := faults.Err(); err != nil {
		return Batch{}, err
	}
	batch.ID = d.NewID()
	return batch, d.Store.SaveBatch(ctx, batch, d.entry("batch.add", "batch/"+batch.ID, ""))
}

// Batches are those of a product that may be used today, first-expiring first.
func (d *Desk) Batches(ctx context.Context, product string) ([]Batch, error) {
	all, err := d.Store.Batches(ctx)
	if err != nil {
		return nil, err
	}
	row, ok := d.Edition().Product(product)
	if !ok {
		return nil, &Error{Code: NotFound, Field: "product", Message: "Choose the vaccine first"}
	}
	today := d.Today()
	usable := slices.DeleteFunc(all, func(b Batch) bool {
		return b.Product != product || b.UsedUp || b.Expired(row, today)
	})
	slices.SortFunc(usable, func(a, b Batch) int { return a.UseBy(row).Compare(b.UseBy(row)) })
	return usable, nil
}

// Refresh takes in what another program has added meanwhile, such as a deltoidctl that recorded from a script.
func (d *Desk) Refresh(ctx context.Context) error {
	if store, ok := d.Store.(Refresher); ok {
		return store.Refresh(ctx)
	}
	return nil
}

// Unreadable counts the people whose records are damaged and cannot be found.
func (d *Desk) Unreadable() int {
	if store, ok := d.Store.(Salvager); ok {
		return store.Unreadable()
	}
	return 0
}

// Find looks for people while somebody types.
func (d *Desk) Find(query string, limit int) []Person { return d.Store.Search(query, limit) }

// AddPerson takes in somebody who is not on the list. A number that somebody has already is a Conflict naming the field.
func (d *Desk) AddPerson(ctx context.Context, person Person) (Person, error) {
	person = person.Tidy()
	if err := person.Check(d.Today()).Err(); err != nil {
		return Person{}, err
	}
	if person.NHSNumber != "" {
		_, err := d.Store.PersonByNHSNumber(ctx, person.NHSNumber)
		if err == nil {
			return Person{}, &Error{Code: Conflict, Field: "nhsNumber", Message: "Somebody with this NHS number is on this device already. Search for the number to find them"}
		}
		if CodeOf(err) != NotFound {
			return Person{}, err
		}
	}
	person.ID = PersonID(d.NewID())
	return person, d.Store.SavePerson(ctx, person, d.entry("person.add", "person/"+person.ID, ""))
}

// History is the doses known of somebody, oldest first: from look-ups that are kept, given here, and told by the patient.
// It knows no choices between sources that disagree; the Doses of a Status do.
func (d *Desk) History(ctx context.Context, personID string, reported []Dose) ([]Dose, error) {
	person, err := d.Store.Person(ctx, personID)
	if err != nil && !IsNotFound(err) {
		return nil, err
	}
	person.ID = personID
	status, err := d.Status(ctx, Encounter{Person: person, Reported: reported}, false)
	return status.Doses(), err
}

// staffByID looks up colleagues by id.
func (d *Desk) staffByID(ctx context.Context) (func(id string) (Staff, bool), error) {
	all, err := d.Store.Staff(ctx)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]Staff, len(all))
	for _, staff := range all {
		byID[staff.ID] = staff
	}
	return func(id string) (Staff, bool) { staff, ok := byID[id]; return staff, ok }, nil
}

func (d *Desk) entry(action, subject, note string) AuditEntry {
	return AuditEntry{At: d.Now().UTC(), By: d.User().ID, Action: action, Subject: subject, Note: note}
}

// errNoClinic is given when work needs an open clinic.
var errNoClinic = &Error{Code: Refused, Field: "clinic", Message: "Open the clinic first: choose the site, the vaccine and the batch of the day"}

// IsNotFound tells whether err says that there is no such thing.
func IsNotFound(err error) bool {
	var fault *Error
	return errors.As(err, &fault) && fault.Code == NotFound
}
