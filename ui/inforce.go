package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/assets/catalogue"
	"deltoid/ui/form"
)

// inForce shows the rows of the catalogue that hold today, to read: nothing can be changed here.
type inForce struct {
	app    *App
	table  *form.Radios
	list   *form.RowList
	detail *fyne.Container
	shown  catalogue.Table // as of today
}

// inForceTables are the lists of the page, the addenda first, each with the column that says what a row is.
var inForceTables = []struct{ name, label, says string }{
	{"addenda", "Addenda", "title"},
	{"products", "Vaccines", "name"},
	{"dose_rules", "Dose rules", "cohort"},
	{"questions", "Questions", "text"},
	{"screening_rules", "Screening rules", "sentence"},
	{"desk_rules", "Rules of the desk", "sentence"},
	{"legal_mechanisms", "Legal mechanisms", "label"},
}

func newInForce(app *App) *inForce {
	s := &inForce{app: app}
	var options []form.Option
	for _, table := range inForceTables {
		options = append(options, form.Option{Value: table.name, Label: table.label})
	}
	s.table = form.NewRadiosAcross(options...).Dense()
	s.table.SetSelected(inForceTables[0].name)
	s.table.SetName("List")
	s.table.OnChanged = func(string) { s.fill() }
	return s
}

func (s *inForce) title() string { return "Rules in force on " + s.app.session.Desk.Today().Plain() }

func (s *inForce) content() fyne.CanvasObject {
	s.list = form.NewRowList(form.Column{Title: "Name", Width: 230}, form.Column{Title: "What it says", Weight: 1},
		form.Column{Title: "For", Width: 110}, form.Column{Title: "In force from", Width: 130})
	s.list.OnSelected = s.show
	s.detail = container.NewStack()
	s.fill()
	about := form.Hint("To read only. What was in force on the day of vaccination decides, also when it is recorded later.")
	top := form.Pad(16, 24, 12, 24, form.VStack(8, form.Heading(s.title()), about, s.table))
	rest := form.Columns(0, []float32{0, 400}, form.Pad(0, 24, 12, 24, s.list),
		form.Filled(form.White, form.Pad(16, 20, 12, 20, form.NewPage(s.detail))))
	return container.New(topAndRest{}, top, rest)
}

// fill lists the rows of the chosen table.
func (s *inForce) fill() {
	desk := s.app.session.Desk
	i := slices.IndexFunc(inForceTables, func(t struct{ name, label, says string }) bool { return t.name == s.table.Selected() })
	chosen := inForceTables[max(0, i)]
	s.shown = catalogue.Table{}
	for _, table := range desk.Catalogue.Tables() {
		if table.Name == chosen.name {
			s.shown = table.On(desk.Today())
		}
	}
	rows := make([][]form.Cell, len(s.shown.Rows))
	for i, row := range s.shown.Rows {
		rows[i] = form.Cells(row.ID, s.shown.Cell(row, chosen.says), s.disease(row), row.From.Short())
		rows[i][0].Bold = true
	}
	s.list.SetRows(rows)
	s.detail.Objects = nil
	if len(rows) > 0 {
		s.list.Select(0)
		s.show(0)
	}
	s.detail.Refresh()
}

// disease is what a row is about; the folder of its file says so. Empty: every one.
func (s *inForce) disease(row catalogue.TableRow) string {
	folder, _, found := strings.Cut(row.File, "/")
	if !found {
		return ""
	}
	for _, disease := range s.app.session.Desk.Catalogue.Diseases() {
		if strings.EqualFold(disease.Key, folder) {
			return strings.TrimSuffix(upperFirst(disease.Vaccine), " vaccine")
		}
	}
	return folder
}

// show sets out every cell of a row, with the documents it comes from.
func (s *inForce) show(row int) {
	line := s.shown.Rows[row]
	lines := form.VStack(10, form.Subheading(line.ID))
	for i, column := range s.shown.Columns {
		value := line.Cells[i]
		if value == "" || value == line.ID {
			continue
		}
		switch column {
		case "from", "to":
			if day, err := catalogue.ParseDate(value); err == nil {
				value = day.Plain()
			}
		case "source":
			value = s.documents(value)
		}
		lines.Add(form.VStack(2, form.Caption(strings.ToUpper(strings.ReplaceAll(column, "_", " "))), form.Body(value)))
	}
	s.detail.Objects = []fyne.CanvasObject{lines}
	s.detail.Refresh()
}

// documents names the documents of a row, which has their keys.
func (s *inForce) documents(keys string) string {
	var titles []string
	for _, key := range strings.Fields(keys) {
		for _, source := range s.app.session.Desk.Catalogue.Sources() {
			if source.Key == key {
				titles = append(titles, source.Title)
			}
		}
	}
	return strings.Join(titles, "; ")
}

func (s *inForce) first() fyne.Focusable { return s.list }
func (s *inForce) enter()                {}
func (s *inForce) back()                 { s.app.show(newBoard(s.app)) }
