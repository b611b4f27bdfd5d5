package cohort

import (
	"fmt"
	"time"

	"deltoid/capture"
)

// Appointment is when and under which reference somebody is expected.
type Appointment struct {
	Day       capture.Date // zero: the list does not say
	At        time.Time    // UTC; zero: only the day is known
	Reference string       // of the booking
}

// Row is a row of a list as read. It is rejected when it has faults; Person is then only what could be read.
type Row struct {
	Line        int      // in the file, from 1
	Cells       []string // as in the file
	Person      capture.Person
	Appointment Appointment
	Faults      []Fault
}

// Rejected tells whether the row has to be put right before it can be taken in.
func (r Row) Rejected() bool { return len(r.Faults) > 0 }

// Fault is what is wrong in a row, where, and the cure. The message never repeats what is in the row.
type Fault struct {
	Line    int
	Column  string // heading; empty: the whole row
	Field   Field  // empty: the whole row
	Message string
}

func (f Fault) String() string {
	if f.Column == "" {
		return fmt.Sprintf("Line %d: %s", f.Line, f.Message)
	}
	return fmt.Sprintf("Line %d, %s: %s", f.Line, f.Column, f.Message)
}
