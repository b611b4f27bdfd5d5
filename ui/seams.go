package ui

import (
	"slices"

	"deltoid/capture"
)

// historyOf is the doses against the disease of the visit, oldest first.
func historyOf(ctx ctx, desk *capture.Desk, visit capture.Encounter) ([]capture.Dose, error) {
	doses, err := desk.History(ctx, visit.Person.ID, visit.Reported)
	return slices.DeleteFunc(doses, func(d capture.Dose) bool { return d.Disease != "" && d.Disease != visit.Plan.Disease }), err
}

// statusOf is the immunisation status as the desk shows it.
func statusOf(ctx ctx, desk *capture.Desk, visit capture.Encounter, refresh bool) (capture.Status, error) {
	doses, err := historyOf(ctx, desk, visit)
	status := capture.Status{State: capture.StatusNotRequested, Sentence: "No history check: it is switched off on this computer. Shown is what is known on this device; ask about other doses"}
	for _, dose := range slices.Backward(doses) {
		product, _ := desk.Edition().Product(dose.Product)
		status.Vaccinations = append(status.Vaccinations, capture.Vaccination{Dose: dose, Name: product.Name})
	}
	return status, err
}

func needsGoneOn(s capture.Status) bool {
	return s.State == capture.StatusUnavailable || s.State == capture.StatusNotPermitted || s.State == capture.StatusStale
}

func canAsk(s capture.Status) bool { return needsGoneOn(s) }

// worthAsking tells that what is kept is not fresh, and that somebody can be asked.
func worthAsking(s capture.Status) bool { return s.State == capture.StatusStale }

func setAside(capture.Vaccination) bool { return false }

func vaccinationKey(v capture.Vaccination) string { return v.Date.String() + v.Product + v.Source }
