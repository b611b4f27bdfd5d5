package capture

import "strconv"

// extractSetting is what the settings of one extract are by default. The tables of the extracts say the same, and a test
// compares them; a changed table is followed wherever no setting was made.
type extractSetting struct {
	kind, title      string
	enabled          bool
	fileName         string
	workflowID       string
	workflowAssumed  bool
	delimiterAssumed bool
	sendEmpty        bool
	siteName         bool // has a variant with the column SITE_NAME
	unused           bool // has columns that are not used
}

var extracts = []extractSetting{
	{kind: "covid", title: "COVID-19 daily clinical extract", enabled: true, fileName: "COVID19_Vaccinations_v4_{ods}_{stamp}.csv", workflowID: "VACCINATIONS_DAILY_COVID_4", delimiterAssumed: true, siteName: true},
	{kind: "flu", title: "influenza daily clinical extract", enabled: true, fileName: "Flu_Vaccinations_v2_{ods}_{stamp}.csv", workflowID: "VACCINATIONS_DAILY_FLU_2", workflowAssumed: true, delimiterAssumed: true, siteName: true, unused: true},
	{kind: "mmr", title: "MMR extract", enabled: true, fileName: "MMR_Vaccinations_v1_{ods}_{stamp}.csv", workflowID: "VACCINATIONS_DAILY_MMR_1", workflowAssumed: true, delimiterAssumed: true, siteName: true, unused: true},
	{kind: "attributes", title: "extract of further COVID-19 questions", enabled: true, fileName: "Vaccination_Extended_Attributes_v1_4_{ods}_{stamp}.csv", workflowID: "EXTENDED_ATTRIBUTES_DAILY_1", workflowAssumed: true},
	{kind: "reactions", title: "extract of adverse reactions", fileName: "COVID19_Adverse_Reactions_v1_{ods}_{stamp}.csv", workflowID: "ADVERSE_REACTIONS_DAILY_1", workflowAssumed: true, delimiterAssumed: true},
	{kind: "hourly", title: "hourly counts of COVID-19 vaccinations", enabled: true, fileName: "COVID19_Aggregate_v1_{ods}_{stamp}.csv", workflowID: "VACCINATIONS_HOURLY_AGGREGATE_1", workflowAssumed: true, delimiterAssumed: true, sendEmpty: true},
	{kind: "covid-v5", title: "COVID-19 extract of 2024", fileName: "COVID_Vaccinations_v5_{ods}_{stamp}.csv", workflowID: "VACCINATIONS_DAILY_COVID_5", workflowAssumed: true},
	{kind: "flu-v5", title: "influenza extract of 2024", fileName: "Flu_Vaccinations_v5_{ods}_{stamp}.csv", workflowID: "VACCINATIONS_DAILY_FLU_5", workflowAssumed: true},
	{kind: "mmr-v5", title: "MMR extract of 2024", fileName: "MMR_Vaccinations_v5_{ods}_{stamp}.csv", workflowID: "VACCINATIONS_DAILY_MMR_5", workflowAssumed: true},
}

// seconds are the numbers of a minute's seconds, and none.
func seconds() []string {
	all := []string{""}
	for n := range 60 {
		all = append(all, strconv.Itoa(n))
	}
	return all
}

var yesOrNo = []string{"false", "true"}

func extractSettings() []Setting {
	var all []Setting
	for _, x := range extracts {
		all = append(all, x.settings()...)
	}
	return append(all,
		Setting{Key: "covid.dose_sequence.later", Default: "1", Options: []string{"1", "2", "blank", "ordinal"}, Meaning: "DOSE_SEQUENCE of third primary doses and boosters", Assumed: true},
		Setting{Key: "covid.procedure.booster", Default: "1362591000000103", Meaning: "procedure code of every booster", Assumed: true},
		Setting{Key: "mmr.location_columns", Default: "false", Options: yesOrNo, Meaning: "the columns LOCATION_CODE and LOCATION_CODE_TYPE_URI in the MMR extract", Assumed: true},
		Setting{Key: "supplier.may_send", Default: "COVID-19 FLU MMR", Meaning: "diseases about which NHS England lets us send, separated by spaces", Assumed: true},
		Setting{Key: "supplier.may_flag", Default: "new update delete", Meaning: "actions that NHS England lets us send, separated by spaces", Assumed: true},
		Setting{Key: "device.number", Default: "", Options: seconds(), Meaning: "0 to 59, another on each device that sends for the same supplier: the seconds in the names of its files, so that no two devices ever give the same name"},
	)
}

// settings are the keys of one extract.
func (x extractSetting) settings() []Setting {
	word := map[bool]string{false: "false", true: "true"}
	key := func(name string) string { return x.kind + "." + name }
	all := []Setting{
		{Key: key("enabled"), Default: word[x.enabled], Options: yesOrNo, Meaning: "make the " + x.title},
		{Key: key("delimiter"), Default: "|", Options: []string{"|", "¬"}, Meaning: "delimiter of the " + x.title, Assumed: x.delimiterAssumed},
		{Key: key("header_quoted"), Default: "false", Options: yesOrNo, Meaning: "quotes around the column names of the " + x.title, Assumed: true},
		{Key: key("file_name"), Default: x.fileName, Meaning: "pattern of the file name of the " + x.title, Assumed: true},
		{Key: key("workflow_id"), Default: x.workflowID, Meaning: "MESH workflow id of the " + x.title, Assumed: x.workflowAssumed},
		{Key: key("to_mailbox"), Default: "", Meaning: "MESH mailbox of the receiver of the " + x.title + "; not public, ask NHS England", Assumed: true},
		{Key: key("send_empty"), Default: word[x.sendEmpty], Options: yesOrNo, Meaning: "send a file with no rows when there is nothing for the " + x.title, Assumed: true},
	}
	if x.siteName {
		all = append(all, Setting{Key: key("site_name_column"), Default: "false", Options: yesOrNo, Meaning: "a SITE_NAME column after SITE_CODE in the " + x.title, Assumed: true})
	}
	if x.unused {
		all = append(all, Setting{Key: key("unused_columns"), Default: "drop", Options: []string{"drop", "blank"}, Meaning: "columns that the " + x.title + " does not use: left out, or there and blank", Assumed: true})
	}
	return all
}
