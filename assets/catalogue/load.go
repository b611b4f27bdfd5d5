package catalogue

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed data/*.csv data/*/*.csv
var embedded embed.FS

var loadOnce = sync.OnceValues(func() (*Catalogue, error) {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, err
	}
	return LoadFS(data)
})

// Load reads the reference data that is built into the program, once. A fault in it is a Problems with every bad row.
func Load() (*Catalogue, error) { return loadOnce() }

// LoadFS reads reference data from a folder with the same files as the built-in one.
func LoadFS(files fs.FS) (*Catalogue, error) {
	l := &loader{files: files, sources: map[string]string{}, withdrawn: map[string]bool{}, names: map[string]string{}, folders: map[string]string{}}
	c := &Catalogue{}
	l.loadSources(c)
	l.loadWithdrawn(c)
	l.loadDiseases(c)
	l.loadCodes(&c.all)
	l.loadProcedures(&c.all)
	l.loadLists(&c.all)
	l.loadSeasons(&c.all)
	l.loadValidDoses(&c.all)
	l.loadIngredients(c)
	l.loadProducts(&c.all)
	l.loadNotGiven(&c.all)
	l.loadQuestions(c)
	l.loadDoseRules(&c.all)
	l.loadDeskRules(&c.all)
	l.loadScreeningRules(&c.all)
	l.loadSupplements(&c.all)
	l.loadAddenda(&c.all)
	if err := l.problems.err(); err != nil {
		return nil, err
	}
	c.names, c.tables = l.names, l.tables
	c.index()
	return c, nil
}

// loader gathers the rows of all files and every fault in them.
type loader struct {
	files     fs.FS
	problems  Problems
	sources   map[string]string // key to title
	withdrawn map[string]bool
	names     map[string]string   // names of conditions to their types
	dates     map[string]bool     // facts of type date and date follow-ups
	answers   map[string]bool     // ids of questions and follow-ups
	domains   map[string][]string // names of conditions to the words they can have
	compiler  *compiler
	tables    []Table // as they were read
	diseases  []string
	folders   map[string]string // folder of dose_kinds.csv to the disease of its rows
	kinds     []DoseKind

	ingredients []string // keys
}

// forEveryDisease are the tables that have rows both for every disease and for one. Without its file at the top such a table would
// silently lose the rules that hold everywhere.
var forEveryDisease = []string{"facts.csv", "reasons.csv", "screening_rules.csv", "sources.csv"}

// read gives the rows of a table: those of the file at the top, which hold for every disease, and those of the file of the
// same name in the folder of each disease.
func (l *loader) read(file string, columns ...string) []row {
	found, err := fs.Glob(l.files, "*/"+file) // in the order of their names
	if slices.Contains(forEveryDisease, file) || err != nil || len(found) == 0 {
		found = append([]string{file}, found...)
	}
	var rows []row
	for _, name := range found {
		rows = append(rows, readTable(l.files, name, &l.problems, columns...).rows...)
	}
	l.note(file, columns, rows)
	return rows
}

func (l *loader) loadSources(c *Catalogue) {
	for _, r := range l.read("sources.csv", "key", "title", "where") {
		source := Source{r.key("key"), r.text("title"), r.text("where")}
		if l.sources[source.Key] != "" {
			r.fault("key", quoted(source.Key)+" is there twice", "give each source its own key")
		}
		l.sources[source.Key] = source.Title
		c.sources = append(c.sources, source)
	}
}

// source turns the keys in the column into the titles of the documents.
func (l *loader) source(r row) string {
	keys := r.list("source")
	if len(keys) == 0 {
		r.fault("source", "the cell is empty", "name a source from sources.csv")
	}
	var titles []string
	for _, key := range keys {
		title, ok := l.sources[key]
		if !ok {
			r.fault("source", quoted(key)+" is no source", "add it to sources.csv or correct the key")
		}
		titles = append(titles, title)
	}
	return strings.Join(titles, "; ")
}

func (l *loader) loadWithdrawn(c *Catalogue) {
	for _, r := range l.read("withdrawn.csv", "code", "term", "source") {
		code := r.text("code")
		if !ValidSNOMED(code) {
			r.fault("code", quoted(code)+" fails the SNOMED check digit", "copy the code again; a spreadsheet must hold it as text")
		}
		l.withdrawn[code] = true
		c.withdrawn = append(c.withdrawn, Withdrawn{code, r.text("term"), l.source(r)})
	}
}

// snomed is a SNOMED CT or dm+d code that is well formed and not withdrawn.
func (l *loader) snomed(r row, column string) string {
	code := r.text(column)
	switch {
	case code == "":
	case !ValidSNOMED(code):
		r.fault(column, quoted(code)+" fails the SNOMED check digit", "copy the code again; a spreadsheet must hold it as text")
	case l.withdrawn[code]:
		r.fault(column, code+" is withdrawn and must not be used", "choose the code that replaced it")
	}
	return code
}

// unknownCode marks a code that no public text gives. It is written out, so that a cell that was forgotten is still a fault.
const unknownCode = "unknown"

// snomedOrUnknown is a code like that of snomed; empty when the cell says that it is not known yet.
func (l *loader) snomedOrUnknown(r row, column string) string {
	if r.optional(column) == unknownCode {
		return ""
	}
	return l.snomed(r, column)
}

// spans finds rows of one key whose days overlap.
type spans struct {
	seen map[string][]Span
}

func (s *spans) check(r row, column, key string, span Span) {
	if s.seen == nil {
		s.seen = map[string][]Span{}
	}
	for _, other := range s.seen[key] {
		if span.overlaps(other) {
			r.fault(column, quoted(key)+" is in force twice on some days", "end the earlier row the day before the later one starts")
			return
		}
	}
	s.seen[key] = append(s.seen[key], span)
}

func (s Span) overlaps(other Span) bool {
	startsBeforeEnd := func(a, b Span) bool { return b.To.IsZero() || !a.From.After(b.To) }
	return startsBeforeEnd(s, other) && startsBeforeEnd(other, s)
}
