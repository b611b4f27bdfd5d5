package main

import (
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"deltoid/export/mesh/meshtest"
)

// peer is the MESH of one script: a server in the test's own process, which outlives each call of deltoidctl.
type peer struct {
	server *meshtest.Server
	now    time.Time // its clock, which stands
}

type peerKey struct{}

// What the scripts call the mailboxes; they are those of the public sandbox.
const (
	peerSender   = "X26ABC1"
	peerReceiver = "X26ABC2"
)

func (p *peer) stop() {
	if p.server != nil {
		_ = p.server.Close()
		p.server = nil
	}
}

// spoilt is a fault with the requests that it happens to.
type spoilt struct {
	match meshtest.Match
	fault meshtest.Fault
}

// meshFaults are what `mesh spoil NAME TIMES` can do to the next requests.
var meshFaults = map[string]spoilt{
	"xml":   {meshtest.AnyRequest, meshtest.Answer(502, "text/xml", `<?xml version="1.0"?><fault>gateway</fault>`)},
	"taken": {meshtest.NewMessage, meshtest.TakeThenDrop()},
	"lost":  {meshtest.NewMessage, meshtest.Drop()},
}

// meshCommand is the script command mesh: start, stop, clock (set it to the script's), deliver NAME FILE, spoil FAULT TIMES,
// collect, holds N.
func meshCommand(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) == 0 {
		ts.Fatalf("usage: mesh start|stop|clock|deliver NAME FILE|spoil FAULT TIMES|collect|holds N")
	}
	p := ts.Value(peerKey{}).(*peer)
	switch args[0] {
	case "start":
		now, err := time.Parse(time.RFC3339, ts.Getenv("NOW"))
		ts.Check(err)
		p.stop()
		p.now = now
		p.server = meshtest.New(meshtest.Options{Now: func() time.Time { return p.now }})
		p.server.AddSandboxMailboxes()
		ts.Check(p.server.AddMailbox(meshtest.Mailbox{ID: peerReceiver, Password: meshtest.TestPassword}))
		ts.Check(p.server.Start())
		ts.Setenv("MESH_URL", p.server.URL())
	case "stop":
		p.stop()
	case "clock":
		now, err := time.Parse(time.RFC3339, ts.Getenv("NOW"))
		ts.Check(err)
		p.now = now
	case "deliver":
		_, err := p.server.Deliver(meshtest.Message{
			From: peerReceiver, To: peerSender, WorkflowID: "TEST_WORKFLOW_ACK", FileName: args[1], Parts: [][]byte{[]byte(ts.ReadFile(args[2]))},
		})
		ts.Check(err)
	case "spoil":
		times, err := strconv.Atoi(args[2])
		ts.Check(err)
		spoil := meshFaults[args[1]]
		p.server.Inject(times, spoil.match, spoil.fault)
	case "collect":
		_, err := p.server.Collect(peerReceiver)
		ts.Check(err)
	case "holds":
		if got := strconv.Itoa(len(p.server.Messages(peerReceiver))); got != args[1] {
			ts.Fatalf("the mailbox holds %s messages, want %s", got, args[1])
		}
	default:
		ts.Fatalf("mesh %s: there is no such command", args[0])
	}
}
