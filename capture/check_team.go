package capture

import (
	"context"

	"deltoid/assets/catalogue"
)

// taskFields are the fields of the encounter that name who did a task.
var taskFields = map[string]string{
	catalogue.TaskScreen: "screening.screenerId", catalogue.TaskConsent: "consent.clinicianId",
	catalogue.TaskPrepare: "give.preparedById", catalogue.TaskVaccinate: "give.vaccinatorId",
}

// taskWords begin the sentence of who must do a task.
var taskWords = map[string]string{
	catalogue.TaskScreen: "Screening must be done", catalogue.TaskConsent: "Consent must be taken",
	catalogue.TaskPrepare: "The vaccine must be prepared", catalogue.TaskVaccinate: "The vaccine must be given",
}

// checkTeam looks at the five people of a visit: who screened, took consent, prepared, vaccinated and records may each
// be somebody else, where the legal mechanism lets them (WF-L1, WF-L4).
func (r room) checkTeam(faults *Problems, encounter Encounter) {
	if !r.edition.May(r.mechanism.Key, catalogue.TaskRecord, r.user.Registered()) {
		*faults = append(*faults, &Error{Code: Forbidden, Message: "Under " + r.mechanism.Label + " a registered clinician records. Sign in as one"})
	}
	if give := encounter.Give; give != nil || len(encounter.Screening.Answers) > 0 {
		if _, known := r.staff(encounter.Screening.ScreenerID); !known {
			faults.Add("screening.screenerId", "Choose who did the screening")
		}
	}
	r.checkMay(faults, catalogue.TaskScreen, encounter.Screening.ScreenerID)
	if encounter.Consent.Type != "" {
		r.checkMay(faults, catalogue.TaskConsent, encounter.Consent.ClinicianID)
	}
	give := encounter.Give
	if give == nil {
		return
	}
	if _, known := r.staff(give.PreparedByID); !known && give.PreparedByID != "" {
		faults.Add("give.preparedById", "Choose who prepared the vaccine")
	}
	r.checkMay(faults, catalogue.TaskPrepare, give.PreparedByID)
	if _, known := r.staff(give.VaccinatorID); !known {
		faults.Add("give.vaccinatorId", "Choose who gave the vaccine")
		return
	}
	if r.mechanism.OnePerson {
		r.checkOnePerson(faults, encounter)
		return
	}
	r.checkMay(faults, catalogue.TaskVaccinate, give.VaccinatorID)
}

// checkMay refuses somebody who may not do a task.
func (r room) checkMay(faults *Problems, task, id string) {
	if staff, known := r.staff(id); known && !r.edition.May(r.mechanism.Key, task, staff.Registered()) {
		faults.refuse(taskFields[task], mustBeRegistered(task))
	}
}

func mustBeRegistered(task string) string {
	return taskWords[task] + " by a registered clinician; choose one with a registration number"
}

// checkOnePerson asks why two people did what one registered clinician should do (WF-L2).
func (r room) checkOnePerson(faults *Problems, encounter Encounter) {
	if _, known := r.staff(encounter.Screening.ScreenerID); !known {
		return // who screened is asked for first
	}
	vaccinator, _ := r.staff(encounter.Give.VaccinatorID)
	one := encounter.Give.VaccinatorID == encounter.Screening.ScreenerID &&
		r.edition.May(r.mechanism.Key, catalogue.TaskVaccinate, vaccinator.Registered())
	if !one && oneLine(encounter.Give.SplitReason) == "" {
		faults.refuse("give.splitReason", "Under a "+r.mechanism.Label+" one registered clinician screens and vaccinates. Choose the same person, or enter why two did")
	}
}

// checkDraft refuses answers of somebody who may not take them, before they are kept (WF-L4). Somebody else may type them,
// with the name of the clinician who asked.
func (d *Desk) checkDraft(ctx context.Context, encounter Encounter) error {
	screener, clinician := encounter.Screening.ScreenerID, encounter.Consent.ClinicianID
	if len(encounter.Screening.Answers) == 0 && screener == "" && clinician == "" {
		return nil
	}
	r := room{edition: d.Catalogue.At(catalogue.DateOf(encounter.When(d.Now())))}
	clinic, err := d.clinicOf(ctx, encounter)
	if err != nil && err != errNoClinic {
		return err
	}
	r.mechanism, _ = r.edition.LegalMechanism(clinic.LegalMechanism)
	if r.staff, err = d.staffByID(ctx); err != nil {
		return err
	}
	var faults Problems
	if screener == "" && len(encounter.Screening.Answers) > 0 && !r.edition.May(r.mechanism.Key, catalogue.TaskScreen, d.User().Registered()) {
		faults.refuse(taskFields[catalogue.TaskScreen], mustBeRegistered(catalogue.TaskScreen))
	}
	r.checkMay(&faults, catalogue.TaskScreen, screener)
	r.checkMay(&faults, catalogue.TaskConsent, clinician)
	return faults.Err()
}
