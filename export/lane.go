package export

import (
	"cmp"
	"slices"
	"time"
)

// Lane is a stage of the way to the NHS, for a screen that shows files side by side. A delivery is in one.
type Lane string

// The lanes, in order; what needs a person is beside them.
const (
	LaneBuilt     Lane = "built"     // kept here, not sent
	LaneSending   Lane = "sending"   // may have left
	LaneAccepted  Lane = "accepted"  // MESH has it
	LaneCollected Lane = "collected" // the receiver has fetched it, and has not said what it thinks of every row
	LaneAnswered  Lane = "answered"  // the receiver has said yes or no to the file and to each row
	LaneAttention Lane = "attention" // refused, stopped, or with rows that were rejected
	LaneOver      Lane = "over"      // refused, and its rows went in another file
)

// LaneOrder is the order of the lanes.
var LaneOrder = []Lane{LaneAttention, LaneBuilt, LaneSending, LaneAccepted, LaneCollected, LaneAnswered, LaneOver}

// Lane is where the delivery is.
func (d Delivery) Lane() Lane {
	switch {
	case d.State == Refused && d.ProblemCode == released:
		return LaneOver
	case d.State == Refused, d.State == Held:
		return LaneAttention
	case d.State == Built:
		return LaneBuilt
	case d.State == Sending:
		return LaneSending
	case d.Complete() && d.Answer.Rejected == 0:
		return LaneAnswered
	case d.Answer != nil && d.Answer.Rejected > 0:
		return LaneAttention
	case d.State == Accepted:
		return LaneAccepted
	}
	return LaneCollected
}

// Unsent tells whether the rows of a file are nowhere but on this device, as far as is known.
func (d Delivery) Unsent() bool {
	switch d.State {
	case Built, Sending, Held:
		return true
	case Refused:
		return d.ProblemCode != released
	}
	return false
}

// LaneCount is what is in a lane.
type LaneCount struct {
	Lane   Lane      `json:"lane"`
	Files  int       `json:"files"`
	Rows   int       `json:"rows"`
	Oldest time.Time `json:"oldest,omitzero"` // when the file was built that has been there or on its way longest
}

// Lanes counts what is in each lane, in their order; empty ones are there as well.
func Lanes(deliveries []Delivery) []LaneCount {
	counts := make([]LaneCount, len(LaneOrder))
	for i, lane := range LaneOrder {
		counts[i].Lane = lane
	}
	for _, d := range deliveries {
		count := &counts[slices.Index(LaneOrder, d.Lane())]
		count.Files++
		count.Rows += d.Rows
		if count.Oldest.IsZero() || d.BuiltAt.Before(count.Oldest) {
			count.Oldest = d.BuiltAt
		}
	}
	return counts
}

// OldestUnsent is since when the oldest record waits that MESH has not accepted; zero when there is none.
func OldestUnsent(overview Overview, deliveries []Delivery) time.Time {
	oldest := overview.Oldest
	for _, d := range deliveries {
		if d.Unsent() && (oldest.IsZero() || d.BuiltAt.Before(oldest)) {
			oldest = d.BuiltAt
		}
	}
	return oldest
}

// Reference is an id or name by which the MESH service desk or the receiver finds a file.
type Reference struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// References are those of a delivery, in the order in which they are asked for.
func (d Delivery) References() []Reference {
	messageID := d.MessageID
	if d.Upload != nil {
		messageID = cmp.Or(messageID, d.Upload.MessageID)
	}
	var all []Reference
	for _, r := range []Reference{
		{"MESH message id", messageID}, {"Local id", d.ID}, {"Workflow id", d.WorkflowID}, {"Mailbox of the receiver", d.To},
		{"File name", d.FileName}, {"SHA-256", d.SHA256}, {"Sent", sentFrom(d)},
	} {
		if r.Value != "" {
			all = append(all, r)
		}
	}
	return all
}
