package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/export"
	"deltoid/ui/form"
)

// fileActions are what a person may do about a file as it stands; done hears how it went.
func fileActions(app *App, file export.Delivery, done func(error)) []fyne.CanvasObject {
	port := app.session.Deliveries
	button := func(label string, act func(ctx, string) error) fyne.CanvasObject {
		return form.Secondary(label, func() {
			once(app, func(ctx ctx) (struct{}, error) { return struct{}{}, act(ctx, file.ID) },
				func(_ struct{}, err error) { done(err) })
		})
	}
	var actions []fyne.CanvasObject
	switch {
	case inDoubt(file):
		actions = append(actions, form.Secondary("Enter the answer", func() { app.show(newResolve(app, app.current, file)) }),
			button("Look it up again", port.Unhold))
	case file.State == export.Held:
		actions = append(actions, button("Let it go", port.Unhold))
	case file.State == export.Built:
		actions = append(actions, button("Hold", port.Hold))
		if file.Problem != "" || !file.NextAttempt.IsZero() {
			actions = append(actions, button("Try again", port.Retry))
		}
	case file.State == export.Sending && !file.NextAttempt.IsZero():
		actions = append(actions, button("Try again", port.Retry))
	case file.State == export.Refused && file.Lane() != export.LaneOver:
		if file.MessageID == "" { // MESH has not taken it: it may go as it is
			actions = append(actions, button("Try again", port.Retry))
		}
		actions = append(actions, button("Send the rows again", port.Resend))
	}
	return append(actions, form.Secondary("Save to a folder", func() { app.show(newSaveFile(app, app.current, file)) }))
}
