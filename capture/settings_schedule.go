package capture

import "time"

// Off is the value of a time of day that never comes.
const Off = "off"

var scheduleSettings = []Setting{
	{Key: "schedule.daily", Default: "20:00", Clock: true, Meaning: "time of day, London, at which daily extracts are made and sent while Deltoid runs, or as soon as it runs after that; off: only when somebody says so. The tables of the extracts say 02:00, when a desk is switched off", Assumed: true},
	{Key: "schedule.quiet_from", Default: Off, Clock: true, Meaning: "time of day, London, from which nothing is made or sent by itself; off: there are no quiet hours"},
	{Key: "schedule.quiet_to", Default: Off, Clock: true, Meaning: "time of day, London, at which the quiet hours end"},
}

// isClock tells whether text is a time of day like 20:00.
func isClock(text string) bool {
	_, err := time.Parse("15:04", text)
	return err == nil && len(text) == len("15:04")
}
