package store_test

import (
	"encoding/csv"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"deltoid/export"
)

// receiver is the NHS side of our extracts: it keeps what our files, replayed in order, say. It is as strict as version 5:
// a record is new once, and only a known one is changed.
type receiver struct {
	t      require.TestingT
	strict bool
	tables map[export.Kind]map[string]string // by key of the row, the row without its action
	names  map[string]bool
	told   map[string]bool // vaccinations of which the COVID-19 extract had a row, taken or not
}

func newReceiver(t require.TestingT) *receiver {
	return &receiver{t: t, strict: true, tables: map[export.Kind]map[string]string{}, names: map[string]bool{}, told: map[string]bool{}}
}

func (r *receiver) name(d export.Delivery) {
	require.False(r.t, r.names[d.FileName], "a file name comes twice: %s", d.FileName)
	r.names[d.FileName] = true
}

// take replays a file, and rejects the rows asked for.
func (r *receiver) take(d export.Delivery, content string, rejects map[int]bool) {
	table := r.tables[d.Kind]
	if table == nil {
		table = map[string]string{}
		r.tables[d.Kind] = table
	}
	reader := csv.NewReader(strings.NewReader(content))
	reader.Comma = '|'
	rows, err := reader.ReadAll()
	require.NoError(r.t, err)
	require.Len(r.t, rows, d.Rows+1)
	for n, row := range rows[1:] {
		r.follows(d.Kind, rows[0], row)
		if rejects[n+1] {
			continue
		}
		r.row(table, d, rows[0], row)
	}
}

// follows requires that a reaction comes after its vaccination.
func (r *receiver) follows(kind export.Kind, header, row []string) {
	at := func(name string) string { return row[slices.Index(header, name)] }
	switch kind {
	case export.Covid:
		r.told[at("UNIQUE_ID")] = true
	case export.ReactionRows:
		require.True(r.t, r.told[at("VACCINATION_UNIQUE_ID")], "a reaction before its vaccination: %s", at("UNIQUE_ID"))
	}
}

func (r *receiver) row(table map[string]string, d export.Delivery, header, row []string) {
	at := func(name string) string { return row[slices.Index(header, name)] }
	if d.Counts {
		key := strings.Join(row[1:11], "|")
		table[key] = strings.Join(row[11:], "|")
		return
	}
	var key string
	if d.Kind == export.AttributeRows {
		key = at("VACCINATION_UNIQUE_ID") + " " + at("ATTRIBUTE_ID")
	} else {
		key = at("UNIQUE_ID")
	}
	flag := slices.Index(header, "ACTION_FLAG")
	_, there := table[key]
	switch action := row[flag]; {
	case action == "new":
		require.False(r.t, there && r.strict, "%s: new twice: %s", d.Kind, key)
	default:
		require.True(r.t, there || !r.strict, "%s: %s of what is not there: %s", d.Kind, action, key)
	}
	if row[flag] == "delete" {
		delete(table, key)
		return
	}
	table[key] = strings.Join(slices.Delete(slices.Clone(row), flag, flag+1), "|")
}
