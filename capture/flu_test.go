package capture_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// nasal is a visit for the nasal flu vaccine with everything a dose needs.
func nasal(t *testing.T, d desk) capture.Encounter {
	t.Helper()
	d.store.batches = append(d.store.batches, capture.Batch{ID: "spray", Product: "fluenz_tetra", Number: "NH2030", Expiry: catalogue.MustDate("2022-06-30")})
	visit := ready(t, d)
	visit.Plan = capture.Plan{Disease: catalogue.Flu, Product: "fluenz_tetra", Kind: catalogue.FluFirst, Eligibility: "flu-age"}
	visit.Give = &capture.Give{BatchID: "spray", BodySite: "nasal-cavity", Route: "nasal", AmountML: "0.2", VaccinatorID: "nurse"}
	return visit
}

func spoke(event capture.Event) (ids []string) {
	for _, reason := range event.DeskRules {
		ids = append(ids, reason.RuleID)
	}
	return ids
}

func TestNasalFluVaccine(t *testing.T) {
	d := newDesk(t)
	event, err := d.Complete(t.Context(), nasal(t, d))
	require.NoError(t, err)
	assert.Equal(t, "884861000000100", event.Given.Procedure.Code)
	assert.Equal(t, "27114211000001105", event.Product.Code)
	assert.Equal(t, "46713006", event.Given.Route.Code)
	assert.Equal(t, "78648007", event.Indication.Code)
	assert.Empty(t, spoke(event))
}

// A half dose of the nasal vaccine is recorded as such and not repeated (K-F2); no reason is asked for.
func TestHalfDoseOfTheNasalVaccine(t *testing.T) {
	d := newDesk(t)
	visit := nasal(t, d)
	visit.Give.HalfDose, visit.Give.AmountML = true, "0.1"
	event, err := d.Complete(t.Context(), visit)
	require.NoError(t, err)
	assert.Equal(t, []string{"K-F2"}, spoke(event))
	assert.Equal(t, "0.1", event.Given.Amount)
	assert.Contains(t, event.DeskRules[0].Sentence, "do not repeat it")
}

// A vaccine whose code is not known yet can be given, and the record says that its row waits (K14).
func TestVaccineWithoutACode(t *testing.T) {
	files := fstest.MapFS{}
	data := os.DirFS("../assets/catalogue/data")
	require.NoError(t, fs.WalkDir(data, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(data, name)
		files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(content), "fluenz_tetra,27114211000001105", "fluenz_tetra,unknown"))}
		return err
	}))
	rows, err := catalogue.LoadFS(files)
	require.NoError(t, err)
	d := newDesk(t)
	d.Catalogue = rows
	event, err := d.Complete(t.Context(), nasal(t, d))
	require.NoError(t, err)
	assert.Empty(t, event.Product.Code)
	assert.Equal(t, []string{"K14"}, spoke(event))
}
