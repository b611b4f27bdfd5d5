package mesh

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"strings"
	"time"
)

// Check looks at everything that has to be right before a message can go: settings, certificates, handshake, clock and
// mailbox. It asks MESH twice, of which one is a look into the inbox, and changes nothing there. now is the clock to judge
// by.
func Check(ctx context.Context, config Config, now func() time.Time) []Finding {
	c, err := New(config)
	if err != nil {
		return settingsFindings(err)
	}
	c.Now = now
	return c.Check(ctx)
}

func settingsFindings(err error) (findings []Finding) {
	var invalid *Invalid
	if !errors.As(err, &invalid) {
		return []Finding{{Check: CheckSettings, State: Bad, Text: "The settings cannot be used: " + err.Error(), Cure: "correct the settings"}}
	}
	for _, p := range invalid.Problems {
		findings = append(findings, Finding{Check: CheckSettings, State: Bad, Text: labels[p.ID] + " " + p.What, Cure: p.Cure, Field: p.ID})
	}
	return findings
}

// labels are the settings as people know them.
var labels = map[Field]string{
	FieldURL: "The address of MESH", FieldMailbox: "The mailbox id", FieldPassword: "The mailbox password", FieldSharedKey: "The shared key",
	FieldCA: "The setting for the file of NHS authorities", FieldCertificate: "The setting for this computer's certificate",
	FieldKey: "The setting for the certificate's key", FieldKeyPassword: "The password of the certificate file",
	FieldProduct: "The name of this program", FieldVersion: "The version of this program", FieldOSVersion: "The version of the operating system",
	FieldTimeouts: "A time limit", FieldPartBytes: "The size of a part",
	FieldFolder: "The MESH client's folder", FieldStaging: "The folder where files are made ready",
}

// Check is [Check] for a client that exists.
func (c *Client) Check(ctx context.Context) []Finding {
	findings := []Finding{
		{Check: CheckSettings, State: Good, Text: "The settings are complete: " + c.config.String()},
		c.checkAuthorities(), c.checkCertificate(),
	}
	err := c.Handshake(ctx)
	if err != nil {
		findings = append(findings, failure(CheckHandshake, err))
	} else {
		findings = append(findings, Finding{Check: CheckHandshake, State: Good, Text: "MESH knows the mailbox and accepts its password"})
	}
	return append(findings, c.checkServer(), c.checkClock(), c.checkMailbox(ctx, err))
}

func (c *Client) secure() bool { return c.base.Scheme == "https" }

// withoutTLS is the finding about certificates where none is used: on this computer.
func withoutTLS(check CheckID) Finding {
	return Finding{Check: check, State: Good, Text: "No certificate is needed: the server is on this computer"}
}

func (c *Client) checkAuthorities() Finding {
	f := Finding{Check: CheckAuthorities, Field: FieldCA, Cure: "ask the MESH service desk for the present certificates of the NHS authorities"}
	if !c.secure() {
		return withoutTLS(CheckAuthorities)
	}
	authorities, err := readCertificates(c.config.CABundle)
	if err != nil || len(authorities) == 0 {
		f.State, f.Text = Bad, "The file of NHS authorities can no longer be read"
		return f
	}
	first := authorities[0]
	for _, a := range authorities {
		if a.NotAfter.Before(first.NotAfter) {
			first = a
		}
	}
	return f.until("The certificate of the authority "+oneLine(first.Subject.CommonName), first, c.Now(), Warning)
}

func readCertificates(path string) (found []*x509.Certificate, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if certificate, err := x509.ParseCertificate(block.Bytes); err == nil {
			found = append(found, certificate)
		}
	}
	return found, nil
}

// meshNames is how the names of client certificates for the API end (NHS MESH API specification).
const meshNames = ".api.mesh-client.nhs.uk"

func (c *Client) checkCertificate() Finding {
	f := Finding{Check: CheckCertificate, Field: FieldCertificate, Cure: "ask for a new certificate for this mailbox; that may take some days"}
	if c.config.ClientCertificate == "" {
		return withoutTLS(CheckCertificate)
	}
	own, fault := c.config.identity()
	if fault != nil {
		f.State, f.Text, f.Cure = Bad, "This computer's certificate can no longer be read", fault.cure
		return f
	}
	leaf, err := leafOf(own)
	if err != nil {
		f.State, f.Text = Bad, "This computer's certificate cannot be understood"
		return f
	}
	name := oneLine(leaf.Subject.CommonName)
	f = f.until("This computer's certificate "+name, leaf, c.Now(), Bad)
	if f.State == Good && !isLoopback(c.base.Hostname()) && !strings.HasSuffix(strings.ToLower(name), meshNames) {
		f.State, f.Text = Warning, "This computer's certificate is made out to "+name+", and MESH expects a name ending in "+meshNames
		f.Cure = "if the handshake fails, use the certificate issued for the MESH API"
	}
	return f
}

func leafOf(own tls.Certificate) (*x509.Certificate, error) {
	if own.Leaf != nil {
		return own.Leaf, nil
	}
	return x509.ParseCertificate(own.Certificate[0])
}

func (c *Client) checkServer() Finding {
	f := Finding{Check: CheckServer, Cure: "tell the MESH service desk"}
	peer := c.peer.Load()
	switch {
	case !c.secure():
		return withoutTLS(CheckServer)
	case peer == nil:
		f.State, f.Text, f.Cure = Unknown, "The certificate of MESH was not seen", "see the handshake"
		return f
	}
	return f.until("The certificate of MESH", peer, c.Now(), Bad)
}

// until judges the dates of a certificate; over is what its end means.
func (f Finding) until(name string, certificate *x509.Certificate, now time.Time, over Health) Finding {
	switch {
	case now.Before(certificate.NotBefore):
		f.State, f.Text = over, name+" is good only from "+day(certificate.NotBefore)
		f.Cure = "check this computer's clock; else wait until then"
	case now.After(certificate.NotAfter):
		f.State, f.Text = over, name+" ended on "+day(certificate.NotAfter)
	case certificate.NotAfter.Sub(now) < soon:
		f.State, f.Text = Warning, name+" ends on "+day(certificate.NotAfter)
	default:
		f.State, f.Text, f.Cure, f.Field = Good, name+" is good until "+day(certificate.NotAfter), "", ""
	}
	return f
}

// clockWarning is how far the clock may be off before people should hear of it.
const clockWarning = 5 * time.Minute

func (c *Client) checkClock() Finding {
	f := Finding{Check: CheckClock, Cure: "set this computer's clock, best by a time server"}
	skew, known := c.Skew()
	switch {
	case !known:
		f.State, f.Text, f.Cure = Unknown, "The time at MESH was not learned", "see the handshake"
	case c.clockFault() != "":
		f.State, f.Text = Bad, "This computer's clock is "+offBy(skew)+" the time at MESH, which lets nobody in who is two hours off"
	case skew.Abs() > clockWarning:
		f.State, f.Text = Warning, "This computer's clock is "+offBy(skew)+" the time at MESH"
	default:
		f.State, f.Text, f.Cure = Good, "This computer's clock is right", ""
	}
	return f
}

func (c *Client) checkMailbox(ctx context.Context, handshake error) Finding {
	if handshake != nil {
		return Finding{Check: CheckMailbox, State: Unknown, Text: "The mailbox was not looked into", Cure: "see the handshake"}
	}
	ids, err := c.Inbox(ctx, InboxOptions{})
	if err != nil {
		return failure(CheckMailbox, err)
	}
	text := "No messages wait in the mailbox"
	if len(ids) > 0 {
		text = count(len(ids), "message") + " in the mailbox to be collected"
	}
	return Finding{Check: CheckMailbox, State: Good, Text: text}
}
