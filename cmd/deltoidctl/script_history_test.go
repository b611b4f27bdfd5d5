package main

import (
	"net/http"

	"github.com/rogpeppe/go-internal/testscript"

	"deltoid/screening/history/historytest"
)

type historyKey struct{}

// past is the history service of one script, in the test's own process.
type past struct{ server *historytest.Server }

func (p *past) stop() {
	if p.server != nil {
		_ = p.server.Close()
		p.server = nil
	}
}

// historyCommand is the script command history: start NHSNUMBER, refuse, stop. The person with the number has one dose.
func historyCommand(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) == 0 {
		ts.Fatalf("usage: history start NHSNUMBER|refuse|stop")
	}
	p := ts.Value(historyKey{}).(*past)
	switch args[0] {
	case "start":
		p.stop()
		p.server = historytest.New(historytest.Options{})
		p.server.Put(args[1], historytest.Bundle(args[1], "1979-11-03", historytest.Dose{
			ID: "A1", At: "2021-03-01T10:15:00+00:00", Procedure: "1324681000000101", Vaccine: "39114911000001105", Batch: "B1", Place: "RX809",
		}))
		ts.Check(p.server.Start())
		ts.Setenv("HISTORY_URL", p.server.URL())
	case "refuse":
		p.server.Inject(1, historytest.Answer(http.StatusForbidden, nil, ""))
	case "stop":
		p.stop()
	default:
		ts.Fatalf("history %s: there is no such command", args[0])
	}
}
