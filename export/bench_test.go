package export

import (
	"context"
	"encoding/csv"
	"io"
	"testing"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// discard is a Building that hears everything and keeps nothing.
type discard struct{}

func (discard) Write(p []byte) (int, error)                                { return len(p), nil }
func (discard) Row(int, Waiting) error                                     { return nil }
func (discard) Rows(int, int, Waiting) error                               { return nil }
func (discard) Hold(Waiting, capture.Problems) error                       { return nil }
func (discard) Finish(context.Context, Delivery, capture.AuditEntry) error { return nil }
func (discard) Discard() error                                             { return nil }

func covidProfile() *Profile {
	profile, err := Shipped().Find(Covid)
	if err != nil {
		panic(err)
	}
	return profile
}

func benchEvent(b *testing.B, known *catalogue.Catalogue) capture.Event {
	edition := known.At(catalogue.MustDate("2022-05-12"))
	product, ok := edition.Product("comirnaty30_rtu")
	if !ok {
		b.Fatal("no product")
	}
	procedure, _ := edition.Procedure(catalogue.Primary1, "")
	code := func(c catalogue.Code, _ bool) capture.Coded { return capture.Coded{Code: c.Code, Term: c.Term} }
	at := time.Date(2022, 5, 12, 13, 19, 51, 0, time.UTC)
	who := capture.Performer{
		ID: "S2", UserName: "ellena", Forename: "Estella", Surname: "O'Fable", JobRole: "Staff Nurse", Email: "e@example.nhs.uk",
		Registration: capture.Registration{Body: "nmc", Number: "12A3456B"}, RegistrationURI: "https://fhir.hl7.org.uk/Id/nmc-number",
	}
	consent, _ := edition.Consent("CT1")
	const ods = "https://fhir.nhs.uk/Id/ods-organization-code"
	return capture.Event{
		ID: "e045626e-4dc5-4df3-bc35-da25263f901e", IDURI: "https://deltoid.example/identifiers/vacc", Version: 1, Action: capture.ActionNew,
		At: at, RecordedAt: at.Add(time.Minute),
		Person: capture.Person{
			ID: "PABCDEFGHIJKLMNOP", NHSNumber: "9990000018", NHSNumberStatus: "01", Forename: "Zoë Mary", Surname: "O'Fable",
			BirthDate: catalogue.MustDate("1973-04-09"), Gender: "2", Postcode: "LS1 4ZZ",
		},
		PersonURI: "https://deltoid.example/identifiers/patient", Site: capture.Site{Code: "RX8XX", Name: "Hub"}, SiteURI: ods,
		LocationCode: "X99999", LocationURI: ods, CareSetting: code(edition.CareSetting("community-health")), PrimarySource: true,
		Performer: who, RecordedBy: who, Disease: capture.COVID19, Kind: catalogue.Primary1,
		Product:    capture.EventProduct{Key: product.Key, Coded: capture.Coded{Code: product.AMP, Term: product.Term}, Manufacturer: product.Manufacturer},
		Indication: code(edition.Indication(capture.COVID19)),
		Given: &capture.Given{
			Procedure: capture.Coded{Code: procedure.Code, Term: procedure.Term}, BatchNumber: "FP1234", Expiry: catalogue.MustDate("2022-06-30"),
			BodySite: code(edition.Site("left-upper-arm")), Route: code(edition.Route("im")), Amount: "0.3", Unit: code(edition.Unit("ml")),
			Consent: capture.Coded{Code: consent.Code, Term: consent.Term},
		},
	}
}

// BenchmarkEventToFile is the whole way of an event: row, check, bytes, hash.
func BenchmarkEventToFile(b *testing.B) {
	known, err := catalogue.Load()
	if err != nil {
		b.Fatal(err)
	}
	waiting := Waiting{Event: benchEvent(b, known), Seqs: []int64{1}}
	f := newFile(discard{}, NewSheet(covidProfile(), nil, known))
	p := &pouring{Builder: &Builder{}, profile: covidProfile(), file: f, at: momentOf(fuzzNow)}
	b.ReportAllocs()
	for b.Loop() {
		if err := p.take(b.Context(), &waiting); err != nil {
			b.Fatal(err)
		}
	}
	report := p.report
	if report.Held > 0 {
		b.Fatal(report.HeldBack[0].Problems)
	}
	b.SetBytes(f.bytes / int64(report.Rows))
	b.ReportMetric(float64(report.Rows)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkWriter compares our writer with encoding/csv on the same strings; "ratio" is how many times faster ours is.
func BenchmarkWriter(b *testing.B) {
	known, err := catalogue.Load()
	if err != nil {
		b.Fatal(err)
	}
	event := benchEvent(b, known)
	sheet := NewSheet(covidProfile(), nil, known)
	row := sheet.Row(nil, &event, capture.ActionNew)
	const sample = 100_000
	w := csv.NewWriter(io.Discard)
	w.Comma = '|'
	begin := time.Now()
	for range sample {
		_ = w.Write(row)
	}
	standard := float64(time.Since(begin).Nanoseconds()) / sample
	var line []byte
	rows := 0
	b.ReportAllocs()
	for b.Loop() {
		line = sheet.dialect.appendRow(line[:0], row)
		rows++
	}
	b.SetBytes(int64(len(line)))
	own := float64(b.Elapsed().Nanoseconds()) / float64(rows)
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(standard/own, "ratio")
}

func BenchmarkCheck(b *testing.B) {
	known, err := catalogue.Load()
	if err != nil {
		b.Fatal(err)
	}
	event := benchEvent(b, known)
	sheet := NewSheet(covidProfile(), nil, known)
	row := sheet.Row(nil, &event, capture.ActionNew)
	at := momentOf(fuzzNow)
	b.ReportAllocs()
	for b.Loop() {
		if problems := sheet.checkRow(row, at); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
