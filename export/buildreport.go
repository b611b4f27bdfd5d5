package export

// BuildReport is what went into a file and what did not.
type BuildReport struct {
	Rows      int        `json:"rows"`
	Withdrawn int        `json:"withdrawn"`          // events for which nothing need be sent, such as one deleted before anybody outside heard of it
	Later     int        `json:"later"`              // events whose turn has not come: the extract that this one follows has not carried them, or their hour is not over
	Held      int        `json:"held"`               // events kept out because the receiver would refuse their rows
	HeldBack  []HeldBack `json:"heldBack,omitempty"` // the first maxHeldShown of them, with reasons
}

// maxHeldShown bounds the reasons kept in memory; the ledger keeps them all.
const maxHeldShown = 500
