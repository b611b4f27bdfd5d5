package ui

import (
	"context"

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

// Deliveries is what the window shows and asks of the way to the NHS.
type Deliveries interface {
	Overview(ctx context.Context) (export.Overview, error)
	Files(ctx context.Context) ([]export.Delivery, error)
	Places(ctx context.Context, eventID string) ([]export.Place, error)
	HeldBack(ctx context.Context) ([]export.HeldBack, error)
	// SendNow builds a file of what waits and wakes the courier.
	SendNow(ctx context.Context) (string, error)
	// Retry lets the courier try a refused delivery again.
	Retry(ctx context.Context, deliveryID string) error
	// Resend puts a refused delivery's records into a new file.
	Resend(ctx context.Context, deliveryID string) error
	// Hold keeps a delivery from going, and Unhold lets it go.
	Hold(ctx context.Context, deliveryID string) error
	Unhold(ctx context.Context, deliveryID string) error
	// Connection is what the last attempt found.
	Connection() Connection
	// OnChange is called, from any goroutine, when something about deliveries has changed.
	OnChange(func())
}

// Connection is how things stand with MESH.
type Connection struct {
	Words   string // in plain words, for the header
	Online  bool   // true only after a reply
	Problem string // what a person has to do before more can be sent; empty: nothing
}
