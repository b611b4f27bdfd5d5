package main

import (
	"context"

	"deltoid/capture"
	"deltoid/cmd/internal/profile"
)

// recordCmd records whole encounters.
type recordCmd struct {
	Files []string `arg:"" name:"file" help:"Encounter files (JSON, see docs/record.schema.json); - reads standard input."`
}

// What became of a file.
const (
	recorded        = "recorded"
	recordedAlready = "already recorded"
	refused         = "refused"
)

// recordedView is what became of one file. It names nobody: such lines end in log files.
type recordedView struct {
	File     string          `json:"file"`
	Outcome  string          `json:"outcome"`
	EventID  string          `json:"eventId,omitempty"`
	What     string          `json:"what,omitempty"`
	Given    bool            `json:"given"`
	Decision capture.Outcome `json:"decision,omitempty"`
	Observe  int             `json:"observeMinutes,omitempty"`
	Warnings []fault         `json:"warnings,omitempty"` // why the row will be held back
	Faults   []fault         `json:"faults,omitempty"`
}

type recordView struct {
	Files    []recordedView `json:"files"`
	Recorded int            `json:"recorded"`
	Already  int            `json:"alreadyRecorded"`
	Refused  int            `json:"refused"`
}

func (v *recordView) add(file recordedView) {
	v.Files = append(v.Files, file)
	switch file.Outcome {
	case recorded:
		v.Recorded++
	case recordedAlready:
		v.Already++
	case refused:
		v.Refused++
	}
}

func (v *recordView) text(p *page) {
	for _, file := range v.Files {
		file.text(p)
	}
	if len(v.Files) > 1 {
		p.line("%d recorded, %d recorded before, %d refused.", v.Recorded, v.Already, v.Refused)
	}
}

func (v recordedView) text(p *page) {
	switch v.Outcome {
	case refused:
		p.line("%s: refused, nothing was saved: %s", v.File, counted(len(v.Faults), "fault", "faults"))
		writeFaults(p, v.Faults)
		return
	case recordedAlready:
		p.line("%s: recorded already as event %s; nothing was changed", v.File, v.EventID)
		return
	}
	p.line("%s: saved on this device as event %s: %s", v.File, v.EventID, v.What)
	if v.Observe > 0 {
		p.line("  Observe for %d minutes.", v.Observe)
	}
	if len(v.Warnings) > 0 {
		p.line("  It will be held back from the extract until this is put right:")
		writeFaults(p, v.Warnings)
	}
}

// Run takes the files one after the other. One that is refused does not stop the others; a computer that fails does.
func (c *recordCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	view, err := recordFiles(s, p, c.Files)
	if err != nil {
		return err
	}
	if err := s.out.show(view); err != nil {
		return err
	}
	if view.Refused > 0 {
		return endedWith(exitRefused)
	}
	return nil
}

func recordFiles(s *session, p *profile.Profile, names []string) (*recordView, error) {
	view := &recordView{}
	bar := s.newProgress("files", int64(len(names)))
	defer bar.end()
	for i, name := range names {
		bar.at(i, len(names))
		file, faults, err := readFile(name, s.stdin)
		if err != nil {
			return nil, stoppedAt(name, view, err)
		}
		done, err := recordOne(s.ctx, p, file, faults)
		if err != nil {
			return nil, stoppedAt(name, view, err)
		}
		done.File = name
		view.add(done)
	}
	return view, nil
}

// stoppedError says how far the work got before the computer failed.
type stoppedError struct {
	error
	file string
	done *recordView
}

func (e stoppedError) Unwrap() error { return e.error }

func (e stoppedError) Error() string {
	text := e.file + ": " + e.error.Error()
	if n := e.done.Recorded; n > 0 {
		text += "; " + counted(n, "file before it was", "files before it were") + " recorded"
	}
	return text
}

func stoppedAt(file string, done *recordView, err error) error {
	return stoppedError{err, file, done}
}

// recordOne sees one encounter through the desk. What is wrong with it is in the view; the error is of the computer.
func recordOne(ctx context.Context, p *profile.Profile, file encounterFile, faults []fault) (recordedView, error) {
	no := func(faults []fault) (recordedView, error) {
		return recordedView{Outcome: refused, Faults: byPath(faults)}, nil
	}
	if pathless(faults) {
		return no(faults)
	}
	if already, err := eventOf(ctx, p, file.ID); err != nil || already.ID != "" {
		return viewOf(already, recordedAlready), err
	}
	r, err := resolve(ctx, p.Desk, file)
	if err != nil {
		return recordedView{}, err
	}
	faults = append(faults, unless(faults, r.faults)...)
	review, err := p.Desk.Review(ctx, r.encounter)
	switch problems := capture.ProblemsOf(err); {
	case problems != nil && capture.CodeOf(err) != capture.Environment:
		faults = append(faults, unless(faults, r.deskFaults(problems))...)
		return no(faults)
	case err != nil:
		return recordedView{}, err
	case len(faults) > 0:
		return no(faults)
	}
	event, err := r.complete(ctx)
	if problems := capture.ProblemsOf(err); problems != nil && capture.CodeOf(err) != capture.Environment {
		return no(r.deskFaults(problems))
	}
	if err != nil {
		return recordedView{}, err
	}
	view := viewOf(event, recorded)
	view.Warnings = plainFaults(review.Warnings)
	return view, nil
}

// eventOf is the event with the id that a file names; none when it names none or there is none.
func eventOf(ctx context.Context, p *profile.Profile, id string) (capture.Event, error) {
	if id == "" {
		return capture.Event{}, nil
	}
	versions, err := p.Store.Event(ctx, id)
	if capture.IsNotFound(err) || err == nil && len(versions) == 0 {
		return capture.Event{}, nil
	}
	if err != nil {
		return capture.Event{}, err
	}
	return versions[len(versions)-1], nil
}

func viewOf(event capture.Event, outcome string) recordedView {
	return recordedView{
		Outcome: outcome, EventID: event.ID, What: whatOf(event), Given: event.Given != nil,
		Decision: event.Decision.Outcome, Observe: event.Decision.Observe,
	}
}

// whatOf is an event in a few words without the person.
func whatOf(event capture.Event) string {
	switch {
	case event.Action == capture.ActionDelete:
		return "deleted: " + event.Product.Name + ", " + string(event.Kind)
	case event.NotGiven != nil:
		return "not given: " + event.Product.Name + ", " + string(event.Kind) + " (" + event.NotGiven.Label + ")"
	case event.Given != nil:
		return "given: " + event.Product.Name + ", " + string(event.Kind) + ", batch " + event.Given.BatchNumber
	}
	return ""
}
