package ui_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/capture/gs1"
)

const gtin = "05012345678900" // made up

// packOf is what a scanner types for a pack.
func packOf(number, expiry string) string {
	return gs1.Pack{GTIN: gtin, Batch: number, Expiry: gs1.Day(catalogue.MustDate(expiry)), Serial: "S1"}.Scan()
}

// bound says which vaccine the packs are.
func (s *stage) bound(product string) *stage {
	s.t.Helper()
	require.NoError(s.t, s.store.SavePack(s.t.Context(), capture.Pack{GTIN: gtin, Product: product}, capture.AuditEntry{At: now}))
	return s
}

// toGive walks to the page of the batch.
func (s *stage) toGive() *stage {
	s.t.Helper()
	s.toScreening("sam")
	s.screenFrom()
	s.enter()
	s.consents()
	s.at("Give the vaccine")
	return s
}

func TestAPersonIsFoundByTheirCode(t *testing.T) {
	s := newStage(t).signIn()
	s.letters("half a na")
	s.scan("9991234578")
	s.at("SAMPLETON, Joan, Is this the right person?")
	s.scan("9991234578")
	s.golden("scan-same-person")
	s.enter()
	s.scan("]d28018505089899900000183")
	s.golden("scan-other-person")
	s.enter()
	s.at("Is this the right person?")
}

func TestACodeOfNobodyIsSearchedFor(t *testing.T) {
	s := newStage(t)
	require.NoError(t, s.store.SaveConfiguration(t.Context(), capture.Configuration{capture.ScanBookings: "AA-999999"}, capture.AuditEntry{At: now}))
	s.signIn() // reads how the scanner is set up
	s.scan("9434765919")
	s.at("Board")
	s.golden("scan-nobody")
	s.scan("ab-123456")
	s.at("Board")
	s.golden("scan-booking")
}

func TestEachCodeIsRefusedInTheOthersPlace(t *testing.T) {
	s := newStage(t).signIn()
	s.scan(packOf("FN0603", "2022-06-30"))
	s.golden("scan-pack-on-board")
	s.enter()
	s.toGive()
	s.scan("9990000018")
	s.golden("scan-person-on-give")
	s.enter()
	s.scan("5012345678900")
	s.golden("scan-striped")
	s.enter()
	s.choose("1")
	s.at("Check and confirm")
}

func TestAPackChoosesItsBatch(t *testing.T) {
	s := newStage(t).bound("comirnaty30_rtu").signIn().toGive()
	s.scan(packOf("fn0603", "2022-06-30"))
	s.golden("give-scanned")
	s.choose("1")
	s.at("Check and confirm")
	s.enter()
	s.at("Saved")
	assert.Equal(t, "FN0603", s.today()[0].Given.BatchNumber)
}

func TestAPackOfANewBatchIsAddedOnceItIsConfirmed(t *testing.T) {
	s := newStage(t).bound("comirnaty30_rtu").signIn().toGive()
	s.scan(packOf("FR4267", "2023-01-31"))
	s.at("Add a batch")
	s.golden("batch-scanned")
	s.tabs(3) // over the day of thawing to the button
	s.enter()
	s.at("Give the vaccine")
	s.choose("1")
	s.enter()
	assert.Equal(t, "FR4267", s.today()[0].Given.BatchNumber)
	batches, err := s.store.Batches(t.Context())
	require.NoError(t, err)
	assert.Len(t, batches, 3)
}

func TestAPackOfAnotherVaccineIsNotGiven(t *testing.T) {
	s := newStage(t).bound("spikevax").signIn().toGive()
	s.scan(packOf("000151A", "2022-06-30"))
	s.golden("scan-other-vaccine")
	s.enter()
	s.at("Give the vaccine")
	batches, err := s.store.Batches(t.Context())
	require.NoError(t, err)
	assert.Len(t, batches, 2, "and nothing is added")
}

func TestAPackThatIsPastItsUseIsNotGiven(t *testing.T) {
	s := newStage(t).bound("comirnaty30_rtu")
	require.NoError(t, s.store.SaveBatch(t.Context(), capture.Batch{ID: "old", Product: "comirnaty30_rtu", Number: "FP0001", Expiry: catalogue.MustDate("2022-05-11")}, capture.AuditEntry{At: now}))
	s.signIn().toGive()
	s.scan(packOf("FP0001", "2022-05-11"))
	s.golden("scan-past-use")
}

func TestAnAdministratorSaysOnceWhatAPackIs(t *testing.T) {
	s := newStage(t).signIn().toGive()
	s.scan(packOf("FN0603", "2022-06-30"))
	s.at("A pack that is not known yet")
	s.golden("bind-pack")
	s.enter()
	s.at("Error: Deltoid: A pack")
	s.enter()
	s.letters("comirnaty 30 ready")
	s.enter() // takes it
	s.enter()
	s.at("Give the vaccine")
	packs, err := s.store.Packs(t.Context())
	require.NoError(t, err)
	require.Len(t, packs, 1)
	assert.Equal(t, "comirnaty30_rtu", packs[0].Product)
	s.choose("1")
	s.enter()
	assert.Equal(t, "FN0603", s.today()[0].Given.BatchNumber, "and the scan counts")
}

func TestOthersTypeWhatAnUnknownPackSays(t *testing.T) {
	s := newStageWith(t, func(g *gate) { g.staff.Admin = false }).signIn().toGive()
	s.scan(packOf("FN0603", "2022-06-30"))
	s.golden("scan-unknown-pack")
	s.enter()
	s.at("Give the vaccine")
}

func TestTheSeparatorOfAScannerIsASetting(t *testing.T) {
	s := newStage(t).bound("comirnaty30_rtu")
	require.NoError(t, s.store.SaveConfiguration(t.Context(), capture.Configuration{capture.ScanSeparator: "|"}, capture.AuditEntry{At: now}))
	s.signIn().toGive()
	s.scan("01" + gtin + "1722063010FN0603|21S1")
	s.choose("1")
	s.enter()
	assert.Equal(t, "FN0603", s.today()[0].Given.BatchNumber)
}

func TestAScanDoesNothingWhileTheWindowIsLocked(t *testing.T) {
	s := newStage(t).signIn()
	s.command("Lock")
	s.scan("9991234578")
	s.at("Locked")
}

func TestAPackChoosesVaccineAndBatchOfTheDay(t *testing.T) {
	s := newStage(t).bound("comirnaty30_rtu").signIn()
	s.command("Clinic")
	s.scan(packOf("FN0603", "2022-06-30"))
	s.golden("clinic-scanned")
	s.scan(packOf("FR4267", "2023-01-31"))
	s.at("Add a batch")
	s.tabs(3)
	s.enter()
	s.at("Change the clinic")
	s.golden("clinic-scanned-new")
}
