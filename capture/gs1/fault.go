package gs1

// Code says what sort of thing is wrong with a scan; machines decide on it, people read the message.
type Code string

// The codes of Fault.
const (
	Ambiguous  Code = "ambiguous"   // can be read in two ways: a separator is missing
	Damaged    Code = "damaged"     // a check digit, a length or a date does not fit
	NotRead    Code = "not-read"    // neither a pack nor a person
	WrongPlace Code = "wrong-place" // a good code, scanned where the other kind is asked for
	SetUp      Code = "set-up"      // the options, not the scan
)

// Fault is why a scan cannot be used and what to do about it, in words for the person at the desk. It never repeats what
// was scanned.
type Fault struct {
	Code    Code
	Message string
}

func (f *Fault) Error() string { return f.Message }

func damaged(message string) *Fault { return &Fault{Damaged, message} }

// typeIt is the cure that always works.
const typeIt = "Scan it again, or type the batch and the expiry date from the box"

func ambiguous() *Fault {
	return &Fault{Ambiguous, "A separator in this code is missing, so the batch cannot be told from what follows it. " +
		"Type the batch and the expiry date from the box, and have the scanner set up to send separators"}
}
