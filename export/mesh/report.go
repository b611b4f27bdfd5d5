package mesh

import "time"

// Report is what MESH says about a message of ours, as a rule that it did not reach its recipient. It comes in the inbox,
// hours or days after the message was taken.
type Report struct {
	MessageID   string // of our message; MESH may leave it out
	LocalID     string // of our message; MESH may leave it out
	WorkflowID  string
	Code, Event string
	Description string // as MESH words it
	At          time.Time
	Success     bool // nothing went wrong; only the MESH client program reports that, where it is set up to

	client bool // it came through the MESH client program
}

// Report is what the message says, when it is one about a message of ours.
func (h Headers) Report() (Report, bool) {
	if !h.IsReport() {
		return Report{}, false
	}
	return Report{
		MessageID: h.LinkedMessageID, LocalID: h.LocalID, WorkflowID: h.WorkflowID,
		Code: h.StatusCode, Event: h.StatusEvent, Description: h.StatusDescription, At: h.StatusAt, Success: h.StatusSuccess,
		client: h.client,
	}, true
}

// Words says what happened and what to do; where the code is not in the published list, in the words of MESH.
func (r Report) Words() string {
	switch {
	case isPublished(r.Code) && r.client:
		return ExplainClient(r.Event, r.Code)
	case isPublished(r.Code):
		return Explain(r.Code)
	case r.Description != "":
		return oneLine(r.Description) + "; quote this to the MESH service desk"
	}
	return "MESH gives no reason; ask the MESH service desk, naming the message id"
}
