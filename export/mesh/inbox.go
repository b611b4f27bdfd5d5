package mesh

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
)

// The bounds of a page of the inbox (NHS MESH API specification, "Check inbox").
const (
	MinPageSize = 10
	MaxPageSize = 5000
)

// InboxOptions narrows what [Client.Inbox] lists. The zero value lists everything.
type InboxOptions struct {
	PageSize int // messages for each request, 10 to 5000; zero leaves it to MESH, which takes 500
	// WorkflowFilter is WF, !WF, WF*, !WF*, *PART* or !*PART*; empty for all.
	WorkflowFilter string
}

// Inbox lists the ids of the messages that wait for us, all pages of it. Listing changes nothing: an id comes again
// until it is acknowledged. MESH wants five minutes between two looks unless a backlog is being worked off.
// When a later page fails, the ids found so far come with the error.
func (c *Client) Inbox(ctx context.Context, options InboxOptions) ([]string, error) {
	next, err := c.inboxPath(options)
	if err != nil {
		return nil, err
	}
	var ids []string
	listed, visited := map[string]bool{}, map[string]bool{}
	for next != "" {
		if visited[next] {
			return ids, &Error{Op: listInbox, Kind: ErrTemporary, Err: errors.New("the pages of the inbox lead round in a circle")}
		}
		visited[next] = true
		page, err := c.inboxPage(ctx, next)
		if err != nil {
			return ids, err
		}
		for _, id := range page.Messages {
			if !listed[id] {
				listed[id] = true
				ids = append(ids, id)
			}
		}
		// A filtered page may be empty and still have a next one.
		next = page.Links.Next
	}
	return ids, nil
}

const listInbox = "list inbox"

func (c *Client) inboxPath(options InboxOptions) (string, error) {
	query := url.Values{}
	if options.PageSize != 0 {
		if options.PageSize < MinPageSize || options.PageSize > MaxPageSize {
			return "", (problems{{Field: "PageSize", What: "is not between 10 and 5000", Cure: "leave it at zero"}}).err(listInbox)
		}
		query.Set("max_results", strconv.Itoa(options.PageSize))
	}
	if options.WorkflowFilter != "" {
		query.Set("workflow_filter", options.WorkflowFilter)
	}
	address := path(c.mailbox, "inbox")
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address, nil
}

type inboxPage struct {
	Messages []string `json:"messages"`
	Links    struct {
		Next string `json:"next"` // host-relative
	} `json:"links"`
}

func (c *Client) inboxPage(ctx context.Context, address string) (inboxPage, error) {
	k := call{op: listInbox, method: http.MethodGet, path: address}
	response, err := c.attempt(ctx, k)
	if err != nil {
		return inboxPage{}, err
	}
	var page inboxPage
	if err := readJSON(k, response, &page); err != nil {
		return inboxPage{}, err
	}
	return page, nil
}
