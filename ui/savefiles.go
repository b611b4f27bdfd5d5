package ui

import (
	"os"
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui/form"
)

// saveFiles asks for a folder: for copies of the files about to be built, or of one that was built before.
type saveFiles struct {
	app     *App
	from    screen
	file    *export.Delivery // nil: those about to be built
	folder  *form.Entry
	way     *form.Radios
	fields  map[string]*form.Field
	summary *form.ErrorSummary
}

// The ways of files that are built for a folder.
const (
	alsoMESH = "mesh"
	notMESH  = "hold"
)

func newSaveFiles(app *App, from screen) *saveFiles {
	s := &saveFiles{app: app, from: from, folder: form.NewEntry(), summary: form.NewErrorSummary()}
	s.way = form.NewRadios(
		form.Option{Value: alsoMESH, Label: "Yes, the copy is kept beside"},
		form.Option{Value: notMESH, Label: "No, hold them here", Hint: "They go by another way. Let it go, under Deliveries, sends one after all"})
	s.fields = map[string]*form.Field{
		"folder": form.NewField("Folder", "It must be there already. A file in it is never overwritten", s.folder),
		"way":    form.NewField("Do the files go through MESH as well?", "", s.way),
	}
	return s
}

// newSaveFile is newSaveFiles for one file that was built before.
func newSaveFile(app *App, from screen, file export.Delivery) *saveFiles {
	s := newSaveFiles(app, from)
	s.file = &file
	return s
}

func (s *saveFiles) title() string { return "Save to a folder" }

func (s *saveFiles) content() fyne.CanvasObject {
	lines := []fyne.CanvasObject{s.summary, form.Heading("Save to a folder")}
	label := "Save"
	if s.file != nil {
		lines = append(lines, form.Lead(s.file.FileName), s.fields["folder"])
	} else {
		lines = append(lines, s.fields["folder"], s.fields["way"])
		label = "Build and save"
	}
	lines = append(lines,
		form.NewInset(form.Body("A copy is not encrypted and names patients. Whoever can read the folder can read it; delete it when it has arrived.")),
		form.HStack(16, form.Primary(label, s.enter), form.Secondary("Back", s.back)))
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(760, form.VStack(18, lines...))))
}

func (s *saveFiles) first() fyne.Focusable { return s.folder }
func (s *saveFiles) back()                 { s.app.show(s.from) }

func (s *saveFiles) enter() {
	folder := strings.TrimSpace(s.folder.Text)
	if faults := s.missing(folder); len(faults) > 0 {
		s.app.refuse(s.summary, faults...)
		return
	}
	port := s.app.session.Deliveries
	once(s.app, func(ctx ctx) (string, error) {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return "", &capture.Error{Code: capture.Invalid, Field: "folder", Message: "Enter a folder that is there and may be written to", Err: err}
		}
		if s.file == nil {
			return "", nil
		}
		return port.Save(ctx, s.file.ID, folder)
	}, func(path string, err error) {
		switch {
		case err != nil:
			s.app.refuse(s.summary, fieldFaults(err, s.fields)...)
		case s.file != nil:
			s.app.show(s.from)
			s.app.notice("Saved", path, "The copy is not encrypted. Delete it when it has arrived.")
		default:
			s.app.show(s.from)
			s.app.build(aside{folder: folder, hold: s.way.Selected() == notMESH})
		}
	})
}

func (s *saveFiles) missing(folder string) []form.Fault {
	s.summary.Clear()
	var faults []form.Fault
	if folder == "" {
		faults = append(faults, form.Fault{Message: "Enter the folder", Target: s.fields["folder"]})
	}
	if s.file == nil && s.way.Selected() == "" {
		faults = append(faults, form.Fault{Message: "Choose whether the files go through MESH as well", Target: s.fields["way"]})
	}
	return faults
}
