package ui_test

import (
	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening"
)

// engine is the real one: the pictures show what a clinician will read.
func engine(rows *catalogue.Catalogue) capture.Assessor { return screening.New(rows) }
