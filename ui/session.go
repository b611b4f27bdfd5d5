package ui

import (
	"context"
	"time"

	"deltoid/capture"
	"deltoid/export"
)

// Gate is the locked profile that sign-in opens.
type Gate interface {
	// Fresh tells that there is no profile yet: the window sets one up.
	Fresh() bool
	// CheckAdmin lists what is wrong with the details of the first administrator.
	CheckAdmin(admin capture.Staff) capture.Problems
	// SetUp makes the profile with its first administrator, and gives the recovery key, which is kept nowhere else.
	SetUp(ctx context.Context, admin capture.Staff, passphrase string) (session *Session, recoveryKey string, err error)
	// UserNames are the people who may sign in.
	UserNames() []string
	// Fault says why the profile cannot be opened by anybody, such as a damaged file; nil when it can.
	Fault() error
	// Welcome is a line for the sign-in screen; a training profile tells its passphrase here.
	Welcome() string
	// SignIn unlocks the profile. acceptClock goes on although the computer's clock is behind the last record.
	SignIn(ctx context.Context, userName, passphrase string, acceptClock bool) (*Session, error)
}

// Session is an unlocked profile with somebody signed in.
type Session struct {
	Desk       *capture.Desk
	Deliveries Deliveries
	Training   bool
	// Check proves a colleague's passphrase when the desk changes hands.
	Check func(ctx context.Context, userName, passphrase string) (capture.Staff, error)
	// Close locks the profile again. Drafts stay.
	Close func() error
}

// Deliveries is what the window shows and asks of the way to the NHS. Whatever takes long ends early with its context.
type Deliveries interface {
	Overview(ctx context.Context) (export.Overview, error)
	Files(ctx context.Context) ([]export.Delivery, error)
	Places(ctx context.Context, eventID string) ([]export.Place, error)
	HeldBack(ctx context.Context) ([]export.HeldBack, error)
	// Rejected are the rows that the receiver refused and nobody has put right.
	Rejected(ctx context.Context) ([]export.Rejection, error)
	// Rows calls each for the rows of a file in their order, until it says no.
	Rows(ctx context.Context, deliveryID string, each func(export.FileRow) bool) error
	// Extracts are those that the settings have made, in the order in which their files are made.
	Extracts(ctx context.Context) ([]Extract, error)
	// Summary is what exists only on this device, by day and extract.
	Summary(ctx context.Context) (export.Summary, error)

	// Preview is what a file of an extract would hold now, with as many of its first rows. Nothing is made.
	Preview(ctx context.Context, kind export.Kind, rows int) (export.Table, error)
	// Build makes a file of what waits for each extract, and has the courier send all that is built, unless the files are to
	// be held here. What was made before an error is given with it; an interrupted file is gone on with the next time.
	// Progress hears, from any goroutine, how many records of an extract were looked at.
	Build(ctx context.Context, hold bool, progress func(kind export.Kind, records int)) ([]export.Made, error)
	// Save writes a copy of a file into a folder and gives its path.
	Save(ctx context.Context, deliveryID, folder string) (path string, err error)

	// Retry lets the courier try a delivery again.
	Retry(ctx context.Context, deliveryID string) error
	// Resend puts a refused delivery's records into a new file.
	Resend(ctx context.Context, deliveryID string) error
	// Hold keeps a delivery from going, and Unhold lets it go.
	Hold(ctx context.Context, deliveryID string) error
	Unhold(ctx context.Context, deliveryID string) error
	// Resolve is the service desk's word on a file in doubt: the id of its message, or empty when MESH has not taken it.
	Resolve(ctx context.Context, deliveryID, messageID string) error
	// Requeue puts the record of a rejected row, unchanged, back among those that wait.
	Requeue(ctx context.Context, kind export.Kind, eventID string) error

	// Postpone lets what is built wait for somebody's word, now that the connection is back.
	Postpone()
	// Connection is what the last attempt found.
	Connection() Connection
	// OnChange is called, from any goroutine, when something about deliveries has changed.
	OnChange(func())
}

// Extract is one that the settings have made.
type Extract struct {
	Kind  export.Kind
	Title string
	When  string // its schedule, in plain words
}

// Connection is how things stand with MESH.
type Connection struct {
	Words   string // in plain words, for the header
	Online  bool   // true only after a reply
	Problem string // what a person has to do before more can be sent; empty: nothing
	// Back is when it was found that the connection is back after a loss worth telling; zero: not since signing in.
	Back time.Time
}
