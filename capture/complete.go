package capture

import (
	"context"
	"slices"
	"strings"
	"time"

	"deltoid/assets/catalogue"
)

// Review is what check-and-confirm shows: the event as it would be saved.
type Review struct {
	Event    Event
	Decision Decision
	Rules    []Reason // the desk's own that spoke, such as a batch past its use, each with its source
	Warnings Problems // what the receiving side would refuse; it does not stop the save
}

// Review builds the event of an encounter without saving it. It returns Problems, all at once, when something is
// missing, and a Refused error when a rule stops it.
func (d *Desk) Review(ctx context.Context, encounter Encounter) (Review, error) {
	room, err := d.room(ctx, encounter)
	if err != nil {
		return Review{}, err
	}
	if err := room.check(encounter).Err(); err != nil {
		return Review{Decision: room.decision, Rules: room.rules()}, err
	}
	event := room.event(encounter)
	return Review{Event: event, Decision: room.decision, Rules: room.rules(), Warnings: d.Extracts.Check(event, room.configuration)}, nil
}

// Complete makes the event of an encounter final: one durable transaction of the event, its pending rows and its audit
// entry. Saving the same encounter twice gives the same one event.
func (d *Desk) Complete(ctx context.Context, encounter Encounter) (Event, error) {
	if saved, err := d.Store.Event(ctx, encounter.EventID); err == nil && len(saved) > 0 {
		return saved[0], nil
	}
	review, err := d.Review(ctx, encounter)
	if err != nil {
		return Event{}, err
	}
	event := review.Event
	action := "event.given"
	if event.NotGiven != nil {
		action = "event.not-given"
	}
	entry := d.entry(action, "event/"+event.ID+"/1", "")
	if err := d.Store.SaveEvent(ctx, event, d.Extracts.Due(event), encounter.ID, entry); err != nil {
		return Event{}, err
	}
	return event, nil
}

// room is everything that building an event looks at, read once.
type room struct {
	now           time.Time
	day           Date
	user          Staff
	clinic        Clinic
	mechanism     catalogue.LegalMechanism // of the clinic
	edition       *catalogue.Edition
	configuration Configuration
	staff         func(id string) (Staff, bool)
	batches       []Batch
	status        Status
	decision      Decision
	assessErr     error
	desk          []deskReason // the desk's own rules that speak
	deskErr       error
}

// rules are the desk's own rules that speak, as they are shown and kept.
func (r room) rules() []Reason {
	var reasons []Reason
	for _, spoken := range r.desk {
		reasons = append(reasons, spoken.Reason)
	}
	return reasons
}

func (d *Desk) room(ctx context.Context, encounter Encounter) (room, error) {
	r := room{now: d.Now().UTC(), user: d.User()}
	when := encounter.When(r.now)
	r.day = catalogue.DateOf(when)
	r.edition = d.Catalogue.At(r.day)
	var err error
	if r.clinic, err = d.clinicOf(ctx, encounter); err != nil {
		return room{}, err
	}
	r.mechanism, _ = r.edition.LegalMechanism(r.clinic.LegalMechanism)
	if r.configuration, err = d.Store.Configuration(ctx); err != nil {
		return room{}, err
	}
	if r.staff, err = d.staffByID(ctx); err != nil {
		return room{}, err
	}
	if r.batches, err = d.Store.Batches(ctx); err != nil {
		return room{}, err
	}
	if r.status, err = d.Status(ctx, encounter, false); err != nil {
		return room{}, err
	}
	r.decision, r.assessErr = d.Assessor.Assess(encounter.Case(r.day, r.status.Doses(), r.clinic.LegalMechanism))
	r.desk, r.deskErr = r.deskReasons(d.Catalogue.BlankFacts(), encounter)
	return r, nil
}

func (r room) batch(id string) (Batch, bool) {
	i := slices.IndexFunc(r.batches, func(b Batch) bool { return b.ID == id })
	if i < 0 {
		return Batch{}, false
	}
	return r.batches[i], true
}

func (r room) event(encounter Encounter) Event {
	product, _ := r.edition.Product(encounter.Plan.Product)
	setting, _ := r.edition.CareSetting(r.clinic.CareSetting)
	event := Event{
		ID: encounter.EventID, IDURI: r.configuration.Get("event.id_uri"), Version: 1, Action: ActionNew,
		EncounterID: encounter.ID, At: encounter.When(r.now).UTC(), RecordedAt: r.now,
		Person: encounter.Person, PersonURI: r.configuration.Get("person.id_uri"),
		Site: r.clinic.Site, SiteURI: odsURI, LocationURI: odsURI, CareSetting: Coded{setting.Code, setting.Term},
		LegalMechanism: r.clinic.LegalMechanism, PrimarySource: true,
		RecordedBy: r.performer(r.user.ID),
		Disease:    encounter.Plan.Disease, Kind: encounter.Plan.Kind, Eligibility: encounter.Plan.Eligibility,
		Product: EventProduct{
			Key: product.Key, Name: product.Name, Coded: Coded{product.AMP, product.Term}, Manufacturer: product.Manufacturer,
		},
		Circumstances: encounter.Circumstances, Reported: encounter.Reported, Status: r.status.check(encounter.Status),
		Screening: encounter.Screening, Decision: r.decision, DeskRules: r.rules(), Consent: encounter.Consent,
		Additional: encounter.Additional, Direction: encounter.Direction, Late: encounter.Late,
		Screener: r.performer(encounter.Screening.ScreenerID), ConsentBy: r.performer(encounter.Consent.ClinicianID),
	}
	event.Screening.Precautions = r.decision.taken(encounter.Screening.Precautions)
	event.LocationType, event.LocationCode = r.place(encounter)
	if r.elsewhere(encounter) { // the primary record is theirs
		event.Site = Site{Code: strings.ToUpper(oneLine(encounter.GivenBy.Code)), Name: oneLine(encounter.GivenBy.Name)}
		event.PrimarySource, event.ReportOrigin = false, event.Site.Code
	}
	if override := encounter.Screening.Override; override != nil && encounter.Give != nil && r.decision.NeedsOverride() {
		by := r.performer(override.ByID)
		event.OverriddenBy = &by
	}
	if indication, ok := r.edition.Indication(encounter.Plan.Disease); ok {
		event.Indication = Coded{indication.Code, indication.Term}
	}
	if encounter.Give != nil {
		event.Given = r.given(encounter)
		event.Performer = r.performer(encounter.Give.VaccinatorID)
		event.Preparer = r.performer(encounter.Give.PreparedByID)
		return event
	}
	event.NotGiven = r.notGiven(encounter)
	event.Performer = r.performer(firstOf(encounter.Screening.ScreenerID, r.user.ID))
	return event
}

// odsURI names the ODS organisation code system (NHS England).
const odsURI = "https://fhir.nhs.uk/Id/ods-organization-code"

func (r room) given(encounter Encounter) *Given {
	give := encounter.Give
	batch, _ := r.batch(give.BatchID)
	product, _ := r.edition.Product(encounter.Plan.Product)
	bodySite, _ := r.edition.Site(give.BodySite)
	route, _ := r.edition.Route(give.Route)
	unit, _ := r.edition.Unit("ml")
	consent, _ := r.edition.Consent(encounter.Consent.Type)
	given := &Given{
		Procedure: procedureOf(encounter.Plan.Kind, product, r.edition, r.configuration),
		BatchID:   batch.ID, BatchNumber: batch.Number, Expiry: batch.UseBy(product),
		BodySite: Coded{bodySite.Code, bodySite.Term}, Route: Coded{route.Code, route.Term},
		Amount: give.AmountML, Unit: Coded{unit.Code, unit.Term},
		Consent: Coded{consent.Code, consent.Term}, HalfDose: give.HalfDose,
		AmountReason: oneLine(give.AmountReason), SplitReason: oneLine(give.SplitReason),
		VialOpenedAt: give.VialOpenedAt.UTC(), VialReason: oneLine(give.VialReason), PastUseReason: oneLine(give.PastUseReason),
	}
	if preparer, ok := r.staff(give.PreparedByID); ok {
		given.PreparedBy = preparer.FullName()
	}
	return given
}

// procedureOf is the code of a dose. That of boosters is configured; the usual one stays where its code is unknown.
func procedureOf(kind catalogue.DoseKind, product catalogue.Product, edition *catalogue.Edition, configuration Configuration) Coded {
	usual, _ := edition.Procedure(kind, product.Platform)
	if kind.Booster() {
		code := configuration.Get("covid.procedure.booster")
		for _, procedure := range edition.Procedures() {
			if procedure.Code == code {
				return Coded{procedure.Code, procedure.Term}
			}
		}
	}
	return Coded{usual.Code, usual.Term}
}

func (r room) notGiven(encounter Encounter) *NotGivenAs {
	choice, _ := r.edition.NotGiven(encounter.NotGiven.Choice, encounter.Plan.Kind)
	situation, _ := r.edition.Situation(choice.Situation)
	reason, _ := r.edition.Reason(choice.Reason)
	until := encounter.NotGiven.Until
	if !choice.AsksUntil {
		until = Date{}
	}
	return &NotGivenAs{
		Until: until, Choice: choice.Key, Label: choice.Label, Note: oneLine(encounter.NotGiven.Note),
		Situation: Coded{situation.Code, situation.Term}, Reason: Coded{reason.Code, reason.Term},
	}
}

func (r room) performer(id string) Performer {
	staff, ok := r.staff(id)
	if !ok {
		return Performer{}
	}
	return performerOf(staff, r.edition)
}

// performerOf stamps a colleague as registered on the day.
func performerOf(staff Staff, edition *catalogue.Edition) Performer {
	performer := Performer{
		ID: staff.ID, UserName: staff.UserName, Forename: staff.Forename, Surname: staff.Surname,
		Email: staff.Email, JobRole: staff.JobRole, Registration: staff.Registration,
	}
	if body, ok := edition.Body(staff.Registration.Body); ok {
		performer.RegistrationURI = body.URI
	}
	return performer
}

func firstOf(values ...string) string {
	for _, value := range values {
		if value != "" {
			return value
		}
	}
	return ""
}
