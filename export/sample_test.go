package export_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

// buildTime is when the files of these tests are built.
var buildTime = time.Date(2022, 5, 20, 1, 0, 0, 0, time.UTC)

func loadCatalogue(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	known, err := catalogue.Load()
	require.NoError(t, err)
	return known
}

// profileOf is a shipped extract.
func profileOf(kind export.Kind) *export.Profile {
	profile, err := export.Shipped().Find(kind)
	if err != nil {
		panic(err)
	}
	return profile
}

func covidSheet(configuration capture.Configuration, known *catalogue.Catalogue) *export.Sheet {
	return export.NewSheet(profileOf(export.Covid), configuration, known)
}

// sample makes events as the desk does, out of the catalogue in force on the day.
type sample struct {
	t     testing.TB
	known *catalogue.Catalogue
	count int
}

func newSample(t testing.TB) *sample { return &sample{t: t, known: loadCatalogue(t)} }

const odsURI = "https://fhir.nhs.uk/Id/ods-organization-code"

// event is somebody's visit up to the decision, at a time and with a product and a dose.
func (s *sample) event(at, product string, kind catalogue.DoseKind) capture.Event {
	s.t.Helper()
	s.count++
	when, err := time.Parse(time.RFC3339, at)
	require.NoError(s.t, err)
	day := catalogue.DateOf(when)
	edition := s.known.At(day)
	row, ok := edition.Product(product)
	require.True(s.t, ok, "product %s on %s", product, day)
	indication, _ := edition.Indication(row.Disease)
	setting, _ := edition.CareSetting("community-health")
	vaccinator := capture.Performer{
		ID: "S2", UserName: "ellena", Forename: "Estella", Surname: "O'Fable", JobRole: "Staff Nurse",
		Registration: capture.Registration{Body: "nmc", Number: "12A3456B"}, RegistrationURI: "https://fhir.hl7.org.uk/Id/nmc-number",
	}
	return capture.Event{
		ID: fmt.Sprintf("e045626e-4dc5-4df3-bc35-da25263f9%03d", s.count), IDURI: "https://deltoid.example/identifiers/vacc",
		Version: 1, Action: capture.ActionNew, At: when.UTC(), RecordedAt: when.UTC().Add(7 * time.Minute),
		Person: capture.Person{
			ID: fmt.Sprintf("P%d", 1000+s.count), NHSNumber: "9990000018", NHSNumberStatus: "01",
			Forename: "HELENA", Surname: "EXAMPLE", BirthDate: catalogue.MustDate("1973-04-09"), Gender: "2", Postcode: "LS1 4ZZ",
		},
		PersonURI: "https://deltoid.example/identifiers/patient",
		Site:      capture.Site{Code: "RX8XX", Name: "Harbour Hospital Hub"}, SiteURI: odsURI,
		LocationCode: capture.NoLocation, LocationURI: odsURI,
		CareSetting: capture.Coded{Code: setting.Code, Term: setting.Term}, PrimarySource: true,
		Performer:  vaccinator,
		RecordedBy: capture.Performer{ID: "S1", UserName: "bloggsj21", Email: "jo.bloggs@example.nhs.uk"},
		Disease:    row.Disease, Kind: kind,
		Product:    capture.EventProduct{Key: row.Key, Name: row.Name, Coded: capture.Coded{Code: row.AMP, Term: row.Term}, Manufacturer: row.Manufacturer},
		Indication: capture.Coded{Code: indication.Code, Term: indication.Term},
	}
}

// given is a visit with a dose.
func (s *sample) given(at, product string, kind catalogue.DoseKind) capture.Event {
	s.t.Helper()
	event := s.event(at, product, kind)
	edition := s.known.At(event.Day())
	row, _ := edition.Product(product)
	procedure, _ := edition.Procedure(kind, "")
	arm, _ := edition.Site("left-upper-arm")
	route, _ := edition.Route("im")
	unit, _ := edition.Unit("ml")
	consent, _ := edition.Consent("CT1")
	event.Given = &capture.Given{
		Procedure: capture.Coded{Code: procedure.Code, Term: procedure.Term}, BatchID: "B1", BatchNumber: "FP1234",
		Expiry:   event.Day().AddDays(40),
		BodySite: capture.Coded{Code: arm.Code, Term: arm.Term}, Route: capture.Coded{Code: route.Code, Term: route.Term},
		Amount: row.Amount(kind), Unit: capture.Coded{Code: unit.Code, Term: unit.Term},
		Consent: capture.Coded{Code: consent.Code, Term: consent.Term},
	}
	return event
}

// notGiven is a visit without a dose.
func (s *sample) notGiven(at, product string, kind catalogue.DoseKind, choice string) capture.Event {
	s.t.Helper()
	event := s.event(at, product, kind)
	edition := s.known.At(event.Day())
	row, ok := edition.NotGiven(choice, kind)
	require.True(s.t, ok, "choice %s", choice)
	situation, _ := edition.Situation(row.Situation)
	reason, _ := edition.Reason(row.Reason)
	event.NotGiven = &capture.NotGivenAs{
		Choice: choice, Label: row.Label,
		Situation: capture.Coded{Code: situation.Code, Term: situation.Term}, Reason: capture.Coded{Code: reason.Code, Term: reason.Term},
	}
	return event
}

// later is the next version of an event, recorded a day later.
func later(event capture.Event, action capture.Action) capture.Event {
	event.Version++
	event.Action = action
	event.RecordedAt = event.RecordedAt.Add(24 * time.Hour)
	event.Change = &capture.Change{Reason: "typing error", ByID: "S1", At: event.RecordedAt}
	return event
}
