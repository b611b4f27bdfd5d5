package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// reaction records an adverse reaction after a dose, linked to its event.
type reaction struct {
	app        *App
	event      capture.Event
	done       func() // where it leads when it is saved or left
	from       screen // the list behind the record
	minutes    *form.Entry
	what       *form.Entry
	manifest   *form.Radios
	kind       *form.Radios
	severity   *form.Radios
	treated    []*form.Checkbox // adrenaline, ambulance
	result     *form.Radios
	note       *form.Entry
	fields     map[string]*form.Field
	summary    *form.ErrorSummary
	manifested []catalogue.Code
}

func newReaction(app *App, event capture.Event, done func()) *reaction {
	edition := app.session.Desk.Catalogue.At(event.Day())
	s := &reaction{
		app: app, event: event, done: done, from: app.origin(), summary: form.NewErrorSummary(), minutes: form.NewEntry().SetColumns(5),
		what: form.NewEntry(), note: form.NewEntry(), manifested: edition.ReactionManifestations(event.Disease),
		treated: []*form.Checkbox{form.NewCheckbox("Adrenaline was given", "").Dense(), form.NewCheckbox("An ambulance was called", "").Dense()},
	}
	s.kind = s.radios(edition.ReactionTypes(), true)
	s.severity = s.radios(edition.ReactionSeverities(), true)
	s.result = s.radios(edition.ReactionResults(), false)
	s.manifest = form.NewRadios(codeOptions(s.manifested)...).Dense()
	s.manifest.OnSubmit = s.enter
	for _, box := range s.treated {
		box.OnSubmit = s.enter
	}
	s.fields = map[string]*form.Field{
		"minutes":     form.NewField("Minutes from the dose to the first sign", "", s.minutes),
		"description": form.NewField("What happened?", "Signs, in the order in which they came", s.what),
		"manifest":    form.NewField("How did it show, in the words that are sent?", "", s.manifest),
		"type":        form.NewField("Type", "", s.kind),
		"severity":    form.NewField("Severity", "", s.severity),
		"result":      form.NewField("Result", "Leave it out if it is not known yet", s.result),
		"note":        form.NewField("Notes", "How it became known, when later than 15 minutes. "+capture.StaysHere, s.note),
	}
	return s
}

func (s *reaction) radios(codes []catalogue.Code, across bool) *form.Radios {
	var options []form.Option
	for _, code := range codes {
		options = append(options, form.Option{Value: code.Key, Label: code.Label})
	}
	radios := form.NewRadios(options...)
	if across {
		radios = form.NewRadiosAcross(options...)
	}
	radios.OnSubmit = s.enter
	return radios.Dense()
}

// codeOptions are choices that are sent as codes.
func codeOptions(codes []catalogue.Code) []form.Option {
	var options []form.Option
	for _, code := range codes {
		options = append(options, form.Option{Value: code.Code, Label: firstOf(code.Label, code.Term)})
	}
	return options
}

func (s *reaction) title() string { return "Reaction of " + s.event.Person.Name() }

func (s *reaction) content() fyne.CanvasObject {
	about := s.event.Product.Name + ", batch " + s.event.Given.BatchNumber + ", " + moment(s.event.At)
	right := form.VStack(10, s.fields["type"], s.fields["severity"], form.NewField("Treatment", "", form.VStack(0, s.treated[0], s.treated[1])), s.fields["result"])
	left := form.VStack(10, s.fields["minutes"], s.fields["description"])
	if len(s.manifested) > 0 {
		left.Add(s.fields["manifest"])
	}
	left.Add(s.fields["note"])
	return form.NewPage(form.Pad(8, 24, 8, 40, form.MaxWidth(1100, form.VStack(10,
		s.summary, form.Heading(s.title()), form.Lead(about),
		form.Columns(40, nil, left, right),
		form.NewInset(form.Body(s.app.session.Desk.YellowCard(s.event)+".")),
		form.HStack(16, form.Primary("Save the reaction", s.enter), form.Secondary("Back", s.back)),
	))))
}

func (s *reaction) recordOrigin() screen  { return s.from }
func (s *reaction) first() fyne.Focusable { return s.minutes }
func (s *reaction) back()                 { s.done() }

func (s *reaction) enter() {
	minutes, err := strconv.Atoi(s.minutes.Text)
	if err != nil || minutes < 0 {
		s.app.refuse(s.summary, mark(s.fields["minutes"], "Enter how many minutes after the dose it began, for example 8")...)
		return
	}
	about := capture.Reaction{
		EventID: s.event.ID, Minutes: minutes, Description: s.what.Text, Type: s.kind.Selected(), Severity: s.severity.Selected(),
		Manifest: capture.Coded{Code: s.manifest.Selected()}, Adrenaline: s.treated[0].Ticked(), Ambulance: s.treated[1].Ticked(),
		Result: s.result.Selected(), Note: s.note.Text,
	}
	once(s.app, func(ctx ctx) (capture.Reaction, error) { return s.app.session.Desk.RecordReaction(ctx, about, "") },
		func(_ capture.Reaction, err error) {
			if err != nil {
				s.app.refuse(s.summary, s.inOrder(fieldFaults(err, s.fields))...)
				return
			}
			showRecord(s.app, s.event)
		})
}

// reactionOrder is the fields as they stand on the page.
var reactionOrder = []string{"minutes", "description", "manifest", "note", "type", "severity", "result"}

// inOrder puts faults in the order of the page, so that Enter goes through it from the top.
func (s *reaction) inOrder(faults []form.Fault) []form.Fault {
	place := func(fault form.Fault) int {
		return slices.IndexFunc(reactionOrder, func(name string) bool { return s.fields[name] == fault.Target })
	}
	slices.SortStableFunc(faults, func(a, b form.Fault) int { return place(a) - place(b) })
	return faults
}
