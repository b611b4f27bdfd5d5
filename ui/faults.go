package ui

import (
	"errors"

	"deltoid/capture"
	"deltoid/ui/form"
)

// mark names a fault of one field for the summary, which shows it at the field too.
func mark(field *form.Field, message string) []form.Fault {
	return []form.Fault{{Message: message, Target: field}}
}

// refuse shows faults above what was asked, and says in the title of the window that there are some.
func (a *App) refuse(summary *form.ErrorSummary, faults ...form.Fault) {
	summary.Report(faults...)
	a.Window.SetTitle("Error: Deltoid: " + a.current.title())
}

// faultsOf puts an error of the desk into words for the summary.
func faultsOf(err error) []form.Fault { return fieldFaults(err, nil) }

// fieldFaults is faultsOf with the fields that the faults are about.
func fieldFaults(err error, fields map[string]*form.Field) []form.Fault {
	problems := capture.ProblemsOf(err)
	if len(problems) == 0 {
		return []form.Fault{{Message: "Deltoid could not do this. Nothing typed is lost. " + rootMessage(err)}}
	}
	faults := make([]form.Fault, len(problems))
	for i, problem := range problems {
		faults[i] = form.Fault{Message: problem.Message}
		if field := fields[problem.Field]; field != nil {
			faults[i].Target = field
		}
	}
	return faults
}

// rootMessage is the innermost cause, the shortest thing the service desk can use.
func rootMessage(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}
