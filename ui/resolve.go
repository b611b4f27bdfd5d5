package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/export"
	"deltoid/ui/form"
)

// resolve takes in what the MESH service desk says of a file of which nobody knows whether MESH has taken it.
type resolve struct {
	app       *App
	from      screen
	file      export.Delivery
	taken     *form.Radios
	messageID *form.Entry
	fields    map[string]*form.Field
	summary   *form.ErrorSummary
}

// What the service desk can say.
const (
	wasTaken = "taken"
	notTaken = "not"
)

func newResolve(app *App, from screen, file export.Delivery) *resolve {
	s := &resolve{app: app, from: from, file: file, messageID: form.NewEntry().SetColumns(34), summary: form.NewErrorSummary()}
	s.taken = form.NewRadios(
		form.Option{Value: wasTaken, Label: "Yes, MESH has it"},
		form.Option{Value: notTaken, Label: "No, MESH does not have it", Hint: "The file is sent again as it is"})
	s.taken.OnChanged = func(value string) {
		reveal(s.fields["id"], value == wasTaken)
		s.fields["id"].Refresh()
	}
	s.fields = map[string]*form.Field{
		"taken": form.NewField("Does MESH have the file?", "Only the MESH service desk knows. Do not guess: a wrong no sends everybody twice", s.taken),
		"id":    form.NewField("Message ID", "As the service desk says it", s.messageID),
	}
	s.fields["id"].Hide()
	return s
}

func (s *resolve) title() string { return "What MESH says of the file" }

func (s *resolve) content() fyne.CanvasObject {
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(820, form.VStack(18, s.summary,
		form.Heading("What does the MESH service desk say?"), form.Body(s.file.Problem),
		form.NewSummaryList(form.SummaryRow{Key: "File", Value: s.file.FileName}, form.SummaryRow{Key: "Delivery ID (local ID)", Value: s.file.ID},
			form.SummaryRow{Key: "To mailbox", Value: s.file.To}, form.SummaryRow{Key: "Workflow ID", Value: s.file.WorkflowID}),
		s.fields["taken"], s.fields["id"],
		form.HStack(16, form.Primary("Keep the answer", s.enter), form.Secondary("Back", s.back))))))
}

func (s *resolve) first() fyne.Focusable { return s.taken }
func (s *resolve) back()                 { s.app.show(s.from) }

func (s *resolve) enter() {
	s.summary.Clear()
	id := strings.TrimSpace(s.messageID.Text)
	switch {
	case s.taken.Selected() == "":
		s.app.refuse(s.summary, mark(s.fields["taken"], "Choose whether MESH has the file")...)
		return
	case s.taken.Selected() == notTaken:
		id = ""
	case id == "":
		s.app.refuse(s.summary, mark(s.fields["id"], "Enter the message ID")...)
		return
	}
	port := s.app.session.Deliveries
	once(s.app, func(ctx ctx) (struct{}, error) { return struct{}{}, port.Resolve(ctx, s.file.ID, id) },
		func(_ struct{}, err error) {
			if err != nil {
				s.app.refuse(s.summary, faultsOf(err)...)
				return
			}
			s.app.refreshStatus()
			s.app.show(newDeliveries(s.app))
		})
}
