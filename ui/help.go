package ui

// showHelp is F1: what this screen is for and its keys.
func (a *App) showHelp() {
	a.notice("Help: "+a.current.title(), helpFor(a.current)...)
}

const keysOfEveryScreen = "Tab and Shift+Tab move. Enter continues. Esc goes back without losing what was typed. Ctrl+S puts a record down. Ctrl+F finds a person. Ctrl+1 is the board, Ctrl+3 observation, Ctrl+4 records, Ctrl+5 deliveries, Ctrl+6 totals, Ctrl+7 the clinic, Ctrl+8 the rules in force. Ctrl+P shows initials in lists. Ctrl+L locks the computer."

func helpFor(current screen) []string {
	switch page := current.(type) {
	case *signIn:
		return []string{"Choose who works here and enter the passphrase. If it is forgotten, an administrator opens the file with the recovery key: deltoidctl passphrase."}
	case *board:
		return []string{"Type any part of a name, date of birth, NHS number or postcode. Enter opens the first person found, the down arrow goes into the list. The NHS number on a wristband can be scanned.", keysOfEveryScreen}
	case *deliveries:
		return []string{"A record is saved here first. It is sent only when MESH has accepted its file; collected when the receiver has fetched it; accepted or rejected when the receiver has said so of its row. Send now builds a file of what waits for each extract; Build now shows first what would go. Enter on a file shows its rows and the ids for the service desk.", keysOfEveryScreen}
	case *buildNow:
		return []string{"Up and Down choose an extract. Tab goes on to what is held back, where Enter opens the record, and to the rows, where Left and Right show other columns. Nothing is made before Build and send.", keysOfEveryScreen}
	case *backOnline:
		return []string{"MESH answers again. Nothing goes before somebody says so: Send now builds the files and lets them go, Ask me later puts it off for at least 15 minutes. Look first shows every row.", keysOfEveryScreen}
	case *putRight:
		return []string{"Enter opens the record, to correct it. A corrected record goes by itself with the next file.", keysOfEveryScreen}
	case *filePage:
		return []string{"Enter opens the record of a row. Ctrl+C copies the chosen line of what the service desk asks for; none of it names a patient.", keysOfEveryScreen}
	case *openClinic:
		return []string{"What you choose here is carried over to everybody until you change it. It is always shown under the blue line.", keysOfEveryScreen}
	case *inForce:
		return []string{"The rows of the catalogue that hold today: addenda, vaccines, rules and questions, each since when and from which document. Left and Right choose a list, Tab goes into it.", keysOfEveryScreen}
	case *reaction:
		return []string{"A reaction is linked to the record of the dose. Report a suspected side effect to the MHRA too: the page names the vaccine and the batch.", keysOfEveryScreen}
	case *record:
		return []string{"One record: its versions side by side, where its rows are, and the reactions to the dose. Correct adds a version; Delete withdraws the record for good.", keysOfEveryScreen}
	case *bindPack:
		return []string{"A pack says its product by a number that this computer does not know yet. An administrator says once which vaccine it is.", keysOfEveryScreen}
	case *addBatch:
		return []string{"Type what stands on the box, or scan the square code on the pack. A person's code is refused here.", keysOfEveryScreen}
	case *lock:
		return []string{"Choose who works here now. Whoever entered the passphrase today comes back with their PIN. What was open is kept."}
	case *setPIN:
		return []string{"A PIN is for coming back to a locked computer. It opens nothing by itself: the passphrase is asked for once a day and after a restart.", keysOfEveryScreen}
	case *observing, *leaveEarly:
		return []string{"Who waits after a dose of today, and how long yet. The arrows choose somebody, Enter goes to what can be done. Leaving before the time takes a note.", keysOfEveryScreen}
	case *records:
		return []string{"Records saved on this device. Type who it is about, or enter the day on which it was recorded and press Enter.", keysOfEveryScreen}
	case *amend, *amendCheck:
		return []string{"Change what is wrong and say why. The record as it was stays as an earlier version, and the correction goes out in the next file.", keysOfEveryScreen}
	case *deleteRecord:
		return []string{"Only for a record that should never have been made. The red button deletes it; this cannot be undone.", keysOfEveryScreen}
	case *correctMany, *correctPreview:
		return []string{"One wrong answer in many records, such as the batch of a morning. You see each record before anything is saved; Space leaves one out.", keysOfEveryScreen}
	case *whoHad:
		return []string{"Everybody on this device who had a batch, for a recall. The arrows choose the batch; Save as PDF prints the list with a box to tick for everybody who was told.", keysOfEveryScreen}
	case *savePaper:
		return []string{"The document is written to this computer; nothing is sent. It is not encrypted.", keysOfEveryScreen}
	case *trace:
		return []string{"Every rule in force that day, those that spoke first. The arrows go through them; at the right is what each looked at. Esc goes back to the decision.", keysOfEveryScreen}
	case *journey:
		return []string{stationHelp(page.station), keysOfEveryScreen}
	}
	return []string{keysOfEveryScreen}
}

func stationHelp(page station) string {
	switch page.(type) {
	case *identity:
		return "Two identifiers before anything else: the person says their full name and date of birth, you compare."
	case *status:
		return "Vaccinations from every source, newest first. One given elsewhere may be missing: ask, and add it. Where the look-up does not answer, try again or go on and ask. Where records disagree, choose which counts today and say why."
	case *eligible:
		return "The first reason that is true of the person is kept with the record. What else is true opens when it is ticked."
	case *dose:
		return "The dated rules suggest a dose and say why. You may choose another with a reason."
	case *screening:
		return "1 yes, 2 no, 3 not known. Nothing is answered beforehand. Further questions open where an answer needs them."
	case *judgement:
		return "Every reason names its rule, the facts it looked at and since when it is in force. Tick each precaution when it is taken. Going on against advice takes a reason and a registered name. Why? shows every rule that was looked at."
	case *consent:
		return "Who agreed, and the registered clinician responsible. Without consent, record that the vaccine was not given."
	case *direction:
		return "The prescriber who directed this dose for this patient, with the number in the register and the day."
	case *gillick:
		return "A child under 16 who understands all five may decide. One no, and somebody with parental responsibility decides."
	case *notGiven:
		return "Why no dose was given. Of a deferral, from which day the person may come back."
	case *give:
		return "Check the person, the vaccine, the batch, its date and the amount before the needle."
	}
	return "Check every line. Change goes back to it. Confirm and save makes the record final."
}
