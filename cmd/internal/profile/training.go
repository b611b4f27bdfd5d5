package profile

import (
	"context"
	"fmt"
	"slices"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/store"
)

// TrainingPassphrase opens every training profile, for each of its staff.
const TrainingPassphrase = "training"

// trainingStretch makes signing in quick: everybody knows the passphrase, so nobody needs to guess it.
var trainingStretch = store.Stretch{Passes: 1, MemoryKiB: 64, Lanes: 1}

// The training site; no organisation has this ODS code.
var trainingSite = capture.Site{Code: "RX8XX", Name: "St Example Hall"}

// The training staff. The numbers have the form of the registers and belong to nobody.
var (
	trainingNurse = capture.Staff{
		UserName: "a.nurse", Forename: "Agnes", Surname: "Nurse", Email: "a.nurse@example.invalid", JobRole: "Staff Nurse", Admin: true,
		Registration: capture.Registration{Body: "nmc", Number: "99X9999E"},
	}
	trainingColleagues = []capture.Staff{
		{
			UserName: "b.pharmacist", Forename: "Basil", Surname: "Pharmacist", Email: "b.pharmacist@example.invalid", JobRole: "Pharmacist",
			Registration: capture.Registration{Body: "gphc", Number: "9999999"},
		},
		{UserName: "c.recorder", Forename: "Cleo", Surname: "Recorder", Email: "c.recorder@example.invalid", JobRole: "Clerical Worker"},
	}
)

// trainingBatch is a batch that goes off so many days after the profile is made.
type trainingBatch struct {
	product, number string
	days            int
}

// The training batches. The third was thrown away yesterday: choosing it must be refused.
var trainingBatches = []trainingBatch{
	{"comirnaty30_rtu", "FP1430", 60},
	{"comirnaty30_rtu", "FN0603", 3},
	{"comirnaty30_rtu", "FL1939", -1},
	{"comirnaty30_conc", "FM5092", 45},
	{"comirnaty10", "FT8412", 30},
	{"spikevax", "000190A", 40},
	{"vaxzevria", "PW40162", 90},
	{"fluenz_tetra", "NK2101", 50},
	{"flucelvax_tetra", "261503A", 120},
	{"fluad_tetra", "271204", 110},
	{"priorix", "A69CE551", 200},
	{"mmrvaxpro", "U015423", 180},
}

// clinicProducts are what the training clinic offers first, from the batch of that product named first above: the first of them
// that there is on the day.
var clinicProducts = []string{"comirnaty30_rtu", "comirnaty30_conc"}

// trainingSettings make the profile one for training, with one receiver of every extract. The secrets guard nothing: they open
// mailboxes that exist only while the practice server of this very profile runs.
func trainingSettings() capture.Configuration {
	settings := capture.Configuration{
		"training":        "true",
		"mesh.mailbox":    practiceSender,
		"mesh.password":   practicePassword,
		"mesh.shared_key": practiceKey,
	}
	for _, extract := range export.Shipped().All() {
		settings[extract.Recipient] = practiceReceiver
	}
	return settings
}

// TrainingUserNames are those of the training staff.
func TrainingUserNames() []string {
	names := []string{trainingNurse.UserName}
	for _, colleague := range trainingColleagues {
		names = append(names, colleague.UserName)
	}
	return names
}

// CreateTraining makes a profile to practise with: a made-up site, team, batches, an open clinic and a cohort of people
// who do not exist. What is dated is dated from the clock of the options. Nothing of it ever leaves this computer.
func CreateTraining(ctx context.Context, dir string, options Options) (*Profile, string, error) {
	options.stretch = trainingStretch
	p, recovery, err := Create(ctx, dir, options, trainingNurse, TrainingPassphrase)
	if err != nil {
		return nil, "", err
	}
	err = p.furnish(ctx)
	if err == nil {
		err = markTraining(dir)
	}
	if err != nil {
		_ = p.Close()
		return nil, "", fmt.Errorf("make the training profile: %w", err)
	}
	return p, recovery, nil
}

func (p *Profile) furnish(ctx context.Context) error {
	if err := p.Store.SaveConfiguration(ctx, trainingSettings(), p.entry("settings.change", "settings")); err != nil {
		return err
	}
	p.Training = true
	p.Courier = p.courier()
	for _, colleague := range trainingColleagues {
		if _, err := p.AddColleague(ctx, colleague, TrainingPassphrase); err != nil {
			return err
		}
	}
	if err := p.addBatches(ctx); err != nil {
		return err
	}
	if err := p.openClinic(ctx); err != nil {
		return err
	}
	return p.addCohort(ctx)
}

// addBatches goes past the desk, which takes no batch that has expired: this one expired on the shelf.
func (p *Profile) addBatches(ctx context.Context) error {
	edition, today := p.Desk.Edition(), p.Desk.Today()
	for _, planned := range trainingBatches {
		product, ok := edition.Product(planned.product)
		if !ok || !product.Offered {
			continue // not on this day
		}
		batch := capture.Batch{ID: p.options.NewID(), Product: product.Key, Number: planned.number, Expiry: today.AddDays(planned.days)}
		if err := p.Store.SaveBatch(ctx, batch, p.entry("batch.add", "batch/"+batch.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (p *Profile) openClinic(ctx context.Context) error {
	offered := clinicProducts[0]
	for _, key := range slices.Backward(clinicProducts) {
		if product, ok := p.Desk.Edition().Product(key); ok && product.Offered {
			offered = key
		}
	}
	batches, err := p.Desk.Batches(ctx, offered)
	if err != nil {
		return err
	}
	clinic := capture.Clinic{
		Site: trainingSite, LocationType: "vaccination-centre", CareSetting: "community-health", LegalMechanism: "pgd",
		Product: offered, VaccinatorID: p.Staff.ID,
	}
	first := slices.IndexFunc(trainingBatches, func(b trainingBatch) bool { return b.product == offered })
	for _, batch := range batches {
		if batch.Number == trainingBatches[first].number {
			clinic.BatchID = batch.ID
		}
	}
	_, err = p.Desk.OpenClinic(ctx, clinic)
	return err
}

func (p *Profile) addCohort(ctx context.Context) error {
	people := Cohort(p.Desk.Today())
	for i := range people {
		people[i].ID = capture.PersonID(p.options.NewID())
	}
	return p.Store.SavePeople(ctx, people, p.entry("people.add", "people"))
}

func (p *Profile) entry(action, subject string) capture.AuditEntry {
	return capture.AuditEntry{At: p.options.Now().UTC(), By: p.by(), Action: action, Subject: subject}
}
