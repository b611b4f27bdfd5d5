package mesh

import (
	"context"
	"net/http"
)

// Endpoint is a mailbox that takes a workflow.
type Endpoint struct {
	Mailbox string `json:"mailbox_id"`
	Name    string `json:"mailbox_name"`
}

// Lookup finds the mailboxes of an organisation for a workflow. None is an empty list and no error; when there are
// several, ask which one is meant.
func (c *Client) Lookup(ctx context.Context, odsCode, workflowID string) ([]Endpoint, error) {
	const op = "look up recipient"
	if err := checkID(op, "odsCode", odsCode); err != nil {
		return nil, err
	}
	if err := checkID(op, "workflowID", workflowID); err != nil {
		return nil, err
	}
	k := call{op: op, method: http.MethodGet, path: path("endpointlookup", odsCode, workflowID)}
	response, err := c.attempt(ctx, k)
	if err != nil {
		return nil, err
	}
	var reply struct {
		Results []Endpoint `json:"results"`
	}
	if err := readJSON(k, response, &reply); err != nil {
		return nil, err
	}
	return reply.Results, nil
}
