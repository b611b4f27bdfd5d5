package export

import (
	"context"
	"fmt"
	"strings"

	"deltoid/capture"
)

// Trace is what the ledger knows of a record or of a file; one of the two is there.
type Trace struct {
	Places   []Place   `json:"places,omitempty"`   // of a record: where each of its versions is, for each extract
	Delivery *Delivery `json:"delivery,omitempty"` // of a file; Ledger.FileRows leads from its rows to the records
}

// TraceOf looks up the id of a record, or a file by its name or its delivery id. It returns NotFound when there is neither.
func TraceOf(ctx context.Context, ledger Ledger, what string) (Trace, error) {
	deliveries, err := ledger.Deliveries(ctx)
	if err != nil {
		return Trace{}, fmt.Errorf("read deliveries: %w", err)
	}
	for _, d := range deliveries {
		if d.ID == what || strings.EqualFold(d.FileName, what) {
			return Trace{Delivery: &d}, nil
		}
	}
	places, err := ledger.Places(ctx, what)
	if err != nil {
		return Trace{}, fmt.Errorf("look up record %s: %w", what, err)
	}
	if len(places) == 0 {
		return Trace{}, &capture.Error{Code: capture.NotFound, Message: "There is no record and no file of this name on this device. Give the id of a record, a file name or the id of a delivery"}
	}
	return Trace{Places: places}, nil
}
