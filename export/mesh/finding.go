package mesh

import (
	"errors"
	"time"
)

// Finding is one line of a check, for people: what was looked at, how it is, and what to do.
type Finding struct {
	Check CheckID `json:"check"`
	State Health  `json:"state"`
	Text  string  `json:"text"`
	Cure  string  `json:"cure,omitempty"`
	Field Field   `json:"field,omitempty"` // the setting to correct
}

// CheckID is what a finding is about. Ids never change.
type CheckID string

// What is checked, in this order.
const (
	CheckSettings    CheckID = "settings"
	CheckAuthorities CheckID = "authorities" // the certificates by which we know MESH
	CheckCertificate CheckID = "certificate" // ours
	CheckHandshake   CheckID = "handshake"
	CheckServer      CheckID = "server" // the certificate of MESH
	CheckClock       CheckID = "clock"
	CheckMailbox     CheckID = "mailbox"
	CheckFolders     CheckID = "folders"    // of the MESH client
	CheckMESHClient  CheckID = "meshclient" // whether it works
)

// Health is how something is.
type Health string

// The states of a finding.
const (
	Good    Health = "good"
	Warning Health = "warning" // works, and soon will not
	Bad     Health = "bad"
	Unknown Health = "unknown" // could not be looked at, because of something above
)

// Healthy tells whether nothing is bad or unknown.
func Healthy(findings []Finding) bool {
	for _, f := range findings {
		if f.State == Bad || f.State == Unknown {
			return false
		}
	}
	return true
}

// failureWords says for each kind of failure what happened and what to do.
var failureWords = []struct {
	kind       error
	text, cure string
}{
	{ErrOffline, "No connection to MESH could be made", "check the network, and whether a firewall or proxy lets this computer out to MESH"},
	{ErrClientCertificate, "MESH did not accept this computer's certificate", "use the certificate and key issued for this mailbox and this environment"},
	{ErrServerCertificate, "The server could not prove to be MESH, so nothing was sent", "check the address and the file with the NHS authorities"},
	{ErrRefused, "MESH did not let us in", "check mailbox id, password and shared key, and this computer's clock"},
	{ErrTemporary, "MESH could not answer just now", "try again in some minutes"},
	{ErrPermanent, "The address answers, but not as MESH does", "check the address"},
}

// failure is the finding of a call that went wrong.
func failure(check CheckID, err error) Finding {
	f := Finding{Check: check, State: Bad, Text: "MESH answered in a way that is not understood", Cure: "check the address", Field: FieldOf(err)}
	for _, row := range failureWords {
		if errors.Is(err, row.kind) {
			f.Text, f.Cure = row.text, row.cure
			break
		}
	}
	var failed *Error
	if errors.As(err, &failed) && failed.Message != "" {
		f.Text += ": " + failed.Message
	}
	return f
}

// soon is how long before the end of a certificate it is time to ask for a new one.
const soon = 60 * 24 * time.Hour

// day is a date as people write it.
func day(at time.Time) string { return at.UTC().Format("2 January 2006") }
