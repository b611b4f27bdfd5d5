package mesh

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Send gives the message to the MESH client: the data file first, the control file second, each in one move. It ends with
// [ErrHandedOver] when all went well, since MESH does not have the message yet; ask [Folder.Reconcile] from time to time.
// Every other error means that the MESH client has not seen it.
//
// A message that the MESH client reported as failed may be sent again; it gets other file names and the same local id.
func (f *Folder) Send(ctx context.Context, m Message) (messageID string, err error) {
	if err := m.Check(); err != nil {
		return "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	n, known, err := f.recall(m.LocalID)
	if err != nil {
		return "", troubled(handOver, err)
	}
	if known {
		switch where, id, err := f.whereabouts(n); where {
		case isSent:
			return id, nil
		case isFailed:
			n.Try++
		case isUnseen:
		default:
			return "", err
		}
	}
	n = note{LocalID: m.LocalID, To: m.To, WorkflowID: m.WorkflowID, FileName: m.FileName, Try: n.Try}
	if err := f.handOver(ctx, m, n); err != nil {
		return "", err
	}
	return "", f.inHand(n)
}

const handOver = "give the message to the MESH client"

func (f *Folder) handOver(ctx context.Context, m Message, n note) error {
	dat, ctl := n.stem()+".dat", n.stem()+".ctl"
	mine, err := f.isMine(n)
	switch {
	case err != nil:
		return troubled(handOver, err)
	case !mine && (exists(filepath.Join(f.out, dat)) || exists(filepath.Join(f.out, ctl))):
		return &Error{Op: handOver, Kind: ErrPermanent, Message: "another file of the same name is in the out folder; use another local id"}
	}
	staged := func(name string) string { return filepath.Join(f.staging, name) }
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"claim", func() error { return f.keep(n) }},
		{"data", func() error { return stageContent(ctx, m, staged(dat)) }},
		{"control", func() error { return writeDurably(staged(ctl), m.controlFile(f.mailbox).write) }},
		{"move data", func() error { return moveDurably(staged(dat), filepath.Join(f.out, dat)) }},
		{"note", func() error { n.Handed = f.Now().UTC(); return f.keep(n) }},
		// The control file is what the MESH client looks for: from here on the message is out of our hands.
		{"move control", func() error { return moveDurably(staged(ctl), filepath.Join(f.out, ctl)) }},
	} {
		err := f.step(step.name)
		if err == nil {
			err = step.do()
		}
		if err != nil {
			return troubled(handOver, err)
		}
	}
	return nil
}

// isMine tells whether the names in the out folder were claimed by an earlier attempt of this message.
func (f *Folder) isMine(n note) (bool, error) {
	earlier, known, err := f.recall(n.LocalID)
	return known && earlier.Try == n.Try, err
}

func stageContent(ctx context.Context, m Message, path string) error {
	source, err := m.Body()
	if err != nil {
		return err
	}
	defer source.Close()
	return writeDurably(path, func(w io.Writer) error {
		size, err := io.Copy(w, source)
		if err != nil {
			return err
		}
		if size == 0 {
			return &Error{Op: handOver, Kind: ErrPermanent, Message: "the message has no content, and MESH refuses empty messages; look why"}
		}
		return ctx.Err()
	})
}

// whereabout is where a message is that we once began to hand over.
type whereabout int

const (
	isUnseen whereabout = iota // the MESH client has never been able to see it
	isInHand                   // the MESH client has it
	isSent                     // MESH has it
	isFailed                   // the MESH client could not send it
	isOdd                      // a person has to look
)

// whereabouts looks for a message. The error says what a caller should know who expected it to be sent.
func (f *Folder) whereabouts(n note) (where whereabout, messageID string, err error) {
	name := n.stem() + ".ctl"
	switch {
	case n.MessageID != "":
		return isSent, n.MessageID, nil
	case n.Handed.IsZero(), exists(filepath.Join(f.staging, name)):
		return isUnseen, "", nil
	}
	for _, row := range []struct {
		folder string
		judge  func(note, controlFile) (whereabout, string, error)
	}{{f.failed, f.judgeFailed}, {f.sent, f.judgeSent}} {
		c, err := findControlFile(row.folder, name)
		if errors.Is(err, fs.ErrNotExist) && n.Try == 0 && !exists(filepath.Join(f.out, name)) {
			c, err = findLocalID(row.folder, n.LocalID) // some installations give the files other names
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil: // it may be in the middle of being written
			return isInHand, "", troubled("read the answer of the MESH client", err)
		}
		return row.judge(n, c)
	}
	return isInHand, "", f.inHand(n)
}

// findControlFile reads a control file whatever the case of its name.
func findControlFile(folder, name string) (controlFile, error) {
	c, err := readControlFile(filepath.Join(folder, name))
	if !errors.Is(err, fs.ErrNotExist) {
		return c, err
	}
	entries, listing := os.ReadDir(folder)
	if listing != nil {
		return c, listing
	}
	for _, entry := range entries {
		if strings.EqualFold(entry.Name(), name) {
			return readControlFile(filepath.Join(folder, entry.Name()))
		}
	}
	return c, err
}

// findLocalID reads the control file that carries a local id, under whatever name.
func findLocalID(folder, localID string) (controlFile, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return controlFile{}, err
	}
	for _, entry := range entries {
		if _, isControl := cutEnding(entry.Name(), ".ctl"); !isControl {
			continue
		}
		// What cannot be read is not ours to judge: it may be in the middle of being written.
		if c, err := readControlFile(filepath.Join(folder, entry.Name())); err == nil && c.LocalID == localID {
			return c, nil
		}
	}
	return controlFile{}, fs.ErrNotExist
}

// delayed is the code of the MESH client for "not yet, will try again"; it is counted as success there.
const delayed = "05"

func (f *Folder) judgeSent(n note, c controlFile) (whereabout, string, error) {
	s := c.Status
	switch {
	case s == nil, strings.EqualFold(s.Status, "SUCCESS") && normal(s.Code) == delayed:
		return isInHand, "", f.inHand(n)
	case !strings.EqualFold(s.Status, "SUCCESS"):
		return f.judgeFailed(n, c)
	case c.MessageID == "":
		return isOdd, "", &Error{Op: lookUpFile, Kind: ErrPermanent, Message: "the MESH client says that it sent the message, and names no message id; ask the service desk"}
	}
	n.MessageID, n.At = c.MessageID, s.at()
	if err := f.keep(n); err != nil {
		return isInHand, "", troubled("write down the message id", err)
	}
	return isSent, c.MessageID, nil
}

func (f *Folder) judgeFailed(_ note, c controlFile) (whereabout, string, error) {
	e := &Error{Op: "send message through the MESH client", Kind: ErrNotSent, MessageID: c.MessageID, Message: "it put the message into its failed folder"}
	if s := c.Status; s != nil {
		e.Code, e.Event, e.Message = normal(s.Code), s.Event, ExplainClient(s.Event, s.Code)
		if e.Message == "" {
			e.Message = s.Description
		}
	}
	return isFailed, "", e
}

const lookUpFile = "look what the MESH client did with the message"

func (f *Folder) inHand(n note) error {
	return &Error{Op: lookUpFile, Kind: ErrHandedOver, Message: "it has had it since " + n.Handed.UTC().Format("2 January 2006 15:04") + " UTC"}
}

// Reconcile asks whether MESH took the message with our local id.
//
//   - taken: the MESH client says so, and messageID is the id MESH gave it;
//   - not taken, no error: the MESH client has never seen it;
//   - [ErrHandedOver]: the MESH client has it and has not said;
//   - [ErrNotSent]: the MESH client could not send it; Code says why.
func (f *Folder) Reconcile(_ context.Context, localID string) (messageID string, taken bool, err error) {
	if err := checkID(lookUpFile, "localID", localID); err != nil {
		return "", false, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	n, known, err := f.recall(localID)
	switch {
	case err != nil:
		return "", false, troubled(lookUpFile, err)
	case !known:
		return "", false, nil
	}
	where, id, err := f.whereabouts(n)
	return id, where == isSent, err
}

// SendOnce is [Folder.Send].
func (f *Folder) SendOnce(ctx context.Context, m Message) (messageID string, err error) {
	return f.Send(ctx, m)
}

// Resume goes on with a message that may have been handed over: it asks first, and hands over only what the MESH client
// has never seen.
func (f *Folder) Resume(ctx context.Context, m Message) (messageID string, err error) {
	if err := m.Check(); err != nil {
		return "", err
	}
	messageID, taken, err := f.Reconcile(ctx, m.LocalID)
	if taken || err != nil {
		return messageID, err
	}
	return f.Send(ctx, m)
}

// Track says of a message that MESH has taken just that: whether it was collected, the MESH client does not learn. That it
// was not comes as a report.
func (f *Folder) Track(_ context.Context, messageID string) (Tracking, error) {
	const op = "track message"
	if err := checkID(op, "messageID", messageID); err != nil {
		return Tracking{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	n, known, err := f.recallMessage(messageID)
	switch {
	case err != nil:
		return Tracking{}, troubled(op, err)
	case !known:
		return Tracking{}, &Error{Op: op, Kind: ErrNotFound, MessageID: messageID}
	}
	return Tracking{
		MessageID: n.MessageID, LocalID: n.LocalID, WorkflowID: n.WorkflowID, FileName: n.FileName,
		Status: StatusAccepted, StatusAt: n.At, Uploaded: n.At, Recipient: n.To,
	}, nil
}
