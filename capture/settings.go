package capture

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture/gs1"
)

// Setting is a configuration key. Assumed marks a fact that no public NHS text settles; docs/assumptions.md lists them.
type Setting struct {
	Key     string
	Default string
	Options []string // empty: any text
	Clock   bool     // a time of day like 20:00, or Off
	Meaning string
	Assumed bool
	Secret  bool // never shown
}

// Settings are all keys there are.
var Settings = slices.Concat(generalSettings, extractSettings(), meshSettings, scheduleSettings, historySettings, recordSettings)

var generalSettings = []Setting{
	{Key: "supplier.ods", Default: "X26DEL", Meaning: "ODS code of the sending supplier, part of every extract file name", Assumed: true},
	{Key: "event.id_uri", Default: "https://deltoid.example/identifiers/vacc", Meaning: "namespace of event ids (UNIQUE_ID_URI); never change it after going live", Assumed: true},
	{Key: "person.id_uri", Default: "https://deltoid.example/identifiers/patient", Meaning: "namespace of local patient ids (LOCAL_PATIENT_URI)", Assumed: true},
	{Key: "device.ip_address", Default: "", Meaning: "address sent as IP_ADDRESS; empty sends none"},

	{Key: "datetime.mode", Default: "utc00", Options: []string{"utc00", "local_offset"}, Meaning: "UTC with suffix 00, or London time with 00 or 01", Assumed: true},
	{Key: "nhs_number.blank_status", Default: "03", Options: []string{"03", "04"}, Meaning: "status sent when there is no NHS number", Assumed: true},
	{Key: "report_origin.when_primary", Default: "", Meaning: "REPORT_ORIGIN when the record is ours", Assumed: true},
	{Key: "not_given.send_intended_procedure", Default: "false", Options: []string{"false", "true"}, Meaning: "procedure code in not-given rows", Assumed: true},
	{Key: "not_given.send_intended_product", Default: "true", Options: []string{"false", "true"}, Meaning: "product in not-given rows", Assumed: true},

	{Key: LockMinutes, Default: "5", Meaning: "minutes without a key or a click after which the window locks; 0: never", Assumed: true},
	{Key: ScanSeparator, Default: "", Meaning: "the one character that the barcode scanner types between the fields of a pack's code, where it cannot send ASCII 29 or Ctrl+]; empty: none"},
	{Key: ScanBookings, Default: "", Meaning: "forms of booking references that are scanned, with spaces between: A a letter, 9 a digit, ? either"},

	{Key: "training", Default: "false", Options: []string{"false", "true"}, Meaning: "a training profile: sends only to its own practice server on this computer"},
}

var historySettings = []Setting{
	{Key: "history.url", Default: "", Meaning: "base URL of the Immunisation History FHIR API, ending in FHIR/R4; empty: no look-up. In May 2022 its production was not open to clinicians", Assumed: true},
	{Key: "history.token_file", Default: "", Meaning: "file that holds the access token for the look-up, kept fresh by another program; empty: none, as for the sandbox"},
	{Key: HistoryDiseases, Default: COVID19, Options: []string{COVID19, COVID19 + " " + Flu}, Meaning: "diseases that the look-up knows; in May 2022 COVID-19 only"},
}

var recordSettings = []Setting{
	{Key: "retro.covid.max_days", Default: "365", Meaning: "days a date of COVID-19 vaccination may lie in the past", Assumed: true},
	{Key: "retro.covid.soft_days", Default: "2", Meaning: "days after which recording takes a reason and an administrator", Assumed: true},
	{Key: "retro.covid.requires_same_site", Default: "true", Options: []string{"true", "false"}, Meaning: "only doses of the clinic's own organisation are recorded", Assumed: true},
	{Key: "retro.covid.before_programme", Default: "2020-12-08", Meaning: "first day of the programme; an earlier date of vaccination is refused", Assumed: true},
	{Key: "retro.max_days", Default: "365", Meaning: "days a date of another vaccination may lie in the past", Assumed: true},
	{Key: "retro.soft_days", Default: "2", Meaning: "days after which recording another vaccination takes a reason and an administrator", Assumed: true},
	{Key: "retro.requires_same_site", Default: "true", Options: []string{"true", "false"}, Meaning: "only other vaccinations by the clinic's own organisation are recorded", Assumed: true},
	{Key: "retro.before_programme", Default: "", Meaning: "first day on which another vaccination may lie; empty: no first day", Assumed: true},
	{Key: "in_use_hours.spikevax", Default: "6", Options: []string{"6", "19"}, Meaning: "hours an opened Spikevax vial may be used: 6 (SPS) or 19 (later product information)", Assumed: true},
	{Key: "reaction.id_uri", Default: "https://deltoid.example/identifiers/reaction", Meaning: "namespace of ids of adverse reactions; never change it after going live", Assumed: true},
}

// HistoryDiseases is the key of the diseases that the national history knows, with spaces between them.
const HistoryDiseases = "history.diseases"

// Keys of the settings of a desk.
const (
	LockMinutes   = "lock.minutes"
	ScanSeparator = "scan.separator"
	ScanBookings  = "scan.bookings"
)

// Scanner is how the barcode scanner of the desk is set up.
func (c Configuration) Scanner(today Date) gs1.Options {
	return gs1.Options{Today: gs1.Day(today), Separator: c.Get(ScanSeparator), Bookings: strings.Fields(c.Get(ScanBookings))}
}

// LockAfter is how long nobody may touch the window before it locks; 0: it never does. What is no number is the default.
func (c Configuration) LockAfter() time.Duration {
	minutes, err := strconv.Atoi(c.Get(LockMinutes))
	if err != nil || minutes < 0 {
		minutes = 5
	}
	return time.Duration(minutes) * time.Minute
}

// Configuration holds the settings that differ from their defaults.
type Configuration map[string]string

// Get is a setting's value, or its default.
func (c Configuration) Get(key string) string {
	if value, ok := c[key]; ok {
		return value
	}
	if setting, ok := SettingFor(key); ok {
		return setting.Default
	}
	return ""
}

// Is tells whether a yes-or-no setting says yes.
func (c Configuration) Is(key string) bool { return c.Get(key) == "true" }

// InUseHours is how long an opened or diluted vial of a product may be used, in hours: the product's own setting, else what
// the catalogue says; 0 for a product of single doses.
func (c Configuration) InUseHours(product catalogue.Product) int {
	if hours, err := strconv.Atoi(c.Get("in_use_hours." + product.Key)); err == nil {
		return hours
	}
	return product.InUseHours
}

// SettingFor finds a setting by its key.
func SettingFor(key string) (Setting, bool) {
	i := slices.IndexFunc(Settings, func(s Setting) bool { return s.Key == key })
	if i < 0 {
		return Setting{}, false
	}
	return Settings[i], true
}

// Check lists every key that does not exist and every value that its setting does not allow.
func (c Configuration) Check() Problems {
	var faults Problems
	for key, value := range c {
		setting, ok := SettingFor(key)
		switch {
		case !ok:
			faults.Add(key, "There is no such setting; `deltoidctl config` lists them")
		case setting.Clock && value != setting.Default && value != Off && !isClock(value):
			faults.Add(key, "Enter a time of day like 20:00, or "+Off)
		case len(setting.Options) > 0 && !slices.Contains(setting.Options, value):
			faults.Add(key, "Choose one of: "+strings.Join(setting.Options, ", "))
		}
	}
	return faults
}
