package ui

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/export/paper"
	"deltoid/ui/form"
)

// savePaper writes a document as PDF where somebody says.
type savePaper struct {
	app     *App
	from    screen
	what    string
	write   func(io.Writer, paper.Issue) error
	path    *form.Entry
	field   *form.Field
	summary *form.ErrorSummary
}

// newSavePaper proposes a file; its name must tell nothing of a patient.
func newSavePaper(app *App, from screen, what, name string, write func(io.Writer, paper.Issue) error) *savePaper {
	s := &savePaper{app: app, from: from, what: what, write: write, path: form.NewEntry(), summary: form.NewErrorSummary()}
	s.path.SetText(filepath.Join(app.paperFolder(), name+".pdf"))
	s.path.OnSubmitted = func(string) { s.enter() }
	s.field = form.NewField("File", "Folder and name. A memory stick works too", s.path)
	return s
}

// paperFolder is where people look for documents.
func (a *App) paperFolder() string {
	if a.Papers != "" {
		return a.Papers
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if documents := filepath.Join(home, "Documents"); isFolder(documents) {
		return documents
	}
	return home
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func (s *savePaper) title() string { return "Save as PDF" }

func (s *savePaper) content() fyne.CanvasObject {
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(820, form.VStack(18, s.summary, form.Heading("Save as PDF"), form.Lead(s.what),
		s.field, form.NewInset(form.Body("The file is not encrypted and names patients. Print it, then delete it.")),
		form.HStack(16, form.Primary("Save as PDF", s.enter), form.Secondary("Back", s.back))))))
}

func (s *savePaper) first() fyne.Focusable { return s.path }
func (s *savePaper) back()                 { s.app.show(s.from) }

func (s *savePaper) enter() {
	path := s.path.Text
	session := s.app.session
	issue := paper.Issue{At: session.Desk.Now(), By: session.Desk.User().FullName(), Training: session.Training}
	once(s.app, func(ctx) (struct{}, error) {
		return struct{}{}, newFile(path, func(w io.Writer) error { return s.write(w, issue) })
	}, func(_ struct{}, err error) {
		if err != nil {
			s.app.refuse(s.summary, fieldFaults(err, map[string]*form.Field{"path": s.field})...)
			return
		}
		s.app.show(s.from)
		s.app.notice("Saved", path, "The file is not encrypted. Delete it when it is printed.")
	})
}

// newFile writes a file that is not there yet, whole or not at all.
func newFile(path string, write func(io.Writer) error) error {
	if path == "" {
		return &capture.Error{Code: capture.Invalid, Field: "path", Message: "Enter the folder and the name of the file"}
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return &capture.Error{Code: capture.Conflict, Field: "path", Message: "There is a file of this name already. Enter another name"}
	case err != nil:
		return &capture.Error{Code: capture.Environment, Field: "path", Message: "Check the folder: this file cannot be made there", Err: err}
	}
	err = write(file)
	if err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = os.Remove(path)
		return &capture.Error{Code: capture.Environment, Field: "path", Message: "The file could not be written. Check that there is room on the disk", Err: err}
	}
	return nil
}
