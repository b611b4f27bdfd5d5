package capture_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

// What was kept by the first release is read as it was, and nothing is added to it when it is kept again.
func TestRecordsOfTheFirstReleaseStayAsTheyWere(t *testing.T) {
	person := `{"id":"P1","forename":"Jo","surname":"Sample","birthDate":"1947-03-04","gender":"2","postcode":"LS1 4AP"}`
	common := `"circumstances":{},"screening":{"screenerId":"nurse","answers":{"C01":{"value":"no"}}},"consent":{"type":"CT1","clinicianId":"nurse"}`
	performer := `{"id":"nurse","userName":"a.nurse","forename":"Anna","surname":"Nurse"}`
	for name, test := range map[string]struct {
		text string
		into any
	}{
		"batch": {`{"id":"b","product":"spikevax","number":"000151A","expiry":"2022-06-30","thawedOn":"2022-05-01","usedUp":true}`, &capture.Batch{}},
		"encounter": {`{"id":"e","eventId":"v","clinicId":"c","step":"check","startedAt":"2022-05-12T09:00:00Z","startedBy":"nurse","updatedAt":"2022-05-12T09:01:00Z",
			"updatedBy":"nurse","revision":3,"person":` + person + `,"identityConfirmed":true,"statusSeen":true,` + common + `,
			"plan":{"disease":"COVID-19","product":"spikevax","kind":"booster1","eligibility":"age"},
			"give":{"batchId":"b","bodySite":"left-upper-arm","route":"im","amountMl":"0.25","vaccinatorId":"nurse"}}`, &capture.Encounter{}},
		"event": {`{"id":"v","idUri":"u","version":1,"action":"new","encounterId":"e","at":"2022-05-12T09:00:00Z","recordedAt":"2022-05-12T09:01:00Z",
			"person":` + person + `,"personUri":"p","site":{"code":"RX8XX","name":"Hall"},"siteUri":"s","locationCode":"X99999","locationUri":"l",
			"careSetting":{"code":"413294000","term":"x"},"legalMechanism":"pgd","primarySource":true,"performer":` + performer + `,"recordedBy":` + performer + `,
			"disease":"COVID-19","kind":"booster1","eligibility":"age","product":{"key":"spikevax","name":"Spikevax","code":"1","term":"t","manufacturer":"m"},
			"indication":{"code":"443684005","term":"x"},
			"given":{"procedure":{"code":"1","term":"t"},"batchId":"b","batchNumber":"000151A","expiry":"2022-06-30","bodySite":{"code":"1","term":"t"},
				"route":{"code":"1","term":"t"},"amount":"0.25","unit":{"code":"1","term":"t"},"consent":{"code":"1","term":"t"}},
			"decision":{"outcome":"proceed","reasons":null,"observe":0,"asOf":"2022-05-12","product":"spikevax","kind":"booster1","questionSet":"C","questionSetVersion":"1"},
			` + common + `}`, &capture.Event{}},
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, json.Unmarshal([]byte(test.text), test.into))
			again, err := json.Marshal(test.into)
			require.NoError(t, err)
			assert.JSONEq(t, test.text, string(again))
		})
	}
}
