package store_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
)

func inbound(id string) export.Inbound {
	return export.Inbound{ID: id, WorkflowID: "ACK", FileName: "made_up_InfAck_20220512T09000000.csv", State: export.InboundArrived}
}

func TestMessagesAreKeptAsTheyCame(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	long := bytes.Repeat([]byte("0123456789"), 60_000) // more than one piece
	require.NoError(t, d.KeepInbound(ctx, inbound("M1"), long, d.entry("inbound.keep")))
	require.NoError(t, d.KeepInbound(ctx, inbound("M2"), nil, d.entry("inbound.keep")))
	other := inbound("M1")
	other.FileName = "another.csv"
	require.NoError(t, d.KeepInbound(ctx, other, []byte("another"), d.entry("inbound.keep")), "it comes again when its acknowledgement was lost")

	d.reopen()
	kept, err := d.Inbound(ctx, "M1")
	require.NoError(t, err)
	require.Equal(t, int64(len(long)), kept.Bytes)
	require.Equal(t, inbound("").FileName, kept.FileName)
	content, err := d.InboundContent(ctx, "M1")
	require.NoError(t, err)
	require.True(t, bytes.Equal(long, content))
	content, err = d.InboundContent(ctx, "M2")
	require.NoError(t, err)
	require.Empty(t, content)
	_, err = d.Inbound(ctx, "M3")
	require.True(t, capture.IsNotFound(err))

	changed := kept
	changed.State, changed.DeliveryID, changed.Outcome, changed.FileName, changed.SHA256 = export.InboundSettled, "D1", "taken", "changed.csv", "0"
	require.NoError(t, d.SaveInbound(ctx, changed, d.entry("inbound.settle")))
	kept, err = d.Inbound(ctx, "M1")
	require.NoError(t, err)
	require.Equal(t, export.InboundSettled, kept.State)
	require.Equal(t, inbound("").FileName, kept.FileName, "what came is never changed")
	require.True(t, capture.IsNotFound(d.SaveInbound(ctx, inbound("M3"), d.entry("inbound.settle"))))

	some, err := d.InboundIn(ctx, export.InboundArrived)
	require.NoError(t, err)
	require.Len(t, some, 1)
	all, err := d.InboundIn(ctx)
	require.NoError(t, err)
	require.Len(t, all, 2)
	require.Equal(t, "M1", all[0].ID, "oldest first")

	contact, err := d.Contact(ctx)
	require.NoError(t, err)
	require.Zero(t, contact)
	require.NoError(t, d.SaveContact(ctx, export.Contact{With: "somebody"}))
	require.NoError(t, d.SaveContact(ctx, export.Contact{With: "somebody else"}))
	d.reopen()
	contact, err = d.Contact(ctx)
	require.NoError(t, err)
	require.Equal(t, "somebody else", contact.With)
	report, err := d.Verify(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Faults)
	for _, secret := range []string{"made_up", "somebody else", "0123456789012345"} {
		require.False(t, bytes.Contains(append(d.bytes(), read(t, d.options.Path+"-wal")...), []byte(secret)), secret)
	}
}

func TestVerifyNamesTamperedMessages(t *testing.T) {
	for name, c := range map[string]struct{ edit, says string }{
		"its record":   {`UPDATE inbound SET sealed = zeroblob(200)`, "Message M1 version 1: it cannot be opened"},
		"its state":    {`UPDATE inbound SET state = 'settled'`, "its state was changed"},
		"its content":  {`DELETE FROM inbound_chunk`, "its content is not what came"},
		"the message":  {`DELETE FROM inbound_chunk; DELETE FROM inbound`, "Message M1 version 1: the audit chain names it"},
		"the contact":  {`UPDATE contact SET version = 9`, "Connection contact version 9: it cannot be opened"},
		"another copy": {`UPDATE inbound_chunk SET sealed = zeroblob(100)`, "Content of message M1/0"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			d := newDesk(t)
			require.NoError(t, d.KeepInbound(ctx, inbound("M1"), []byte("content"), d.entry("inbound.keep")))
			require.NoError(t, d.SaveContact(ctx, export.Contact{With: "somebody"}))
			d.edit(c.edit)
			d.Store = d.another()
			report, err := d.Verify(ctx, nil)
			require.NoError(t, err)
			require.Contains(t, strings.Join(report.Faults, "\n"), c.says)
			if name == "its content" {
				_, err := d.InboundContent(ctx, "M1")
				require.Equal(t, capture.Environment, capture.CodeOf(err))
			}
		})
	}
}
