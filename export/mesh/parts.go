package mesh

import (
	"context"
	"errors"
	"fmt"
	"strconv"
)

// memoryBytes is how much of a message is kept in memory between cutting and sending. A longer one is compressed a
// second time, part by part, as it goes: a temporary file would leave the content readable on the disk.
const memoryBytes = 128 << 20

// parcel is a message cut into parts.
type parcel struct {
	Message
	plan    Plan
	kept    []*part // all of them, when they fit into memory
	remaker *cutter // else makes them again
}

// pack reads the content and cuts it into parts of at most limit bytes, which it keeps up to memory bytes. A content without bytes, or with too many, is an *[Invalid].
func pack(ctx context.Context, m Message, limit, memory int) (*parcel, error) {
	source, err := newCutter(m, m.Compress)
	if err != nil {
		return nil, err
	}
	defer source.close()
	p := &parcel{Message: m, plan: Plan{Compress: m.Compress}, kept: []*part{}}
	for size := 0; ; {
		end, err := source.atEnd()
		if err == nil && !end {
			err = ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("read content of message %s: %w", m.LocalID, err)
		}
		if end || p.plan.Parts() > MaxParts {
			break
		}
		p.plan.Starts = append(p.plan.Starts, source.read)
		made, err := source.bySize(limit)
		if err != nil {
			return nil, fmt.Errorf("read content of message %s: %w", m.LocalID, err)
		}
		if size += made.size; size > memory && p.plan.Parts() > 1 {
			p.kept = nil
		} else {
			p.kept = append(p.kept, made)
		}
	}
	p.plan.Size, p.plan.SHA256 = source.read, source.sum()
	return p, p.check(limit)
}

func (p *parcel) check(limit int) error {
	var found problems
	switch parts := p.plan.Parts(); {
	case parts == 0:
		found.add("Body", "is empty", "look why the file has no content; MESH refuses empty messages")
	case parts > MaxParts:
		found.add("Body", "is longer than "+strconv.Itoa(MaxParts)+" parts of "+strconv.Itoa(limit)+" bytes", "send it as several files")
	}
	return found.err("message")
}

// repack takes up a message that was begun by a plan.
func repack(m Message, plan Plan) *parcel { return &parcel{Message: m, plan: plan} }

// part number, counted from 1. They must be asked for in ascending order. The last is given only when the whole content
// proves to be what the plan was made from: until it goes, nothing reaches the recipient.
func (p *parcel) part(number int) (*part, error) {
	if p.kept != nil {
		return p.kept[number-1], nil
	}
	made, err := p.remake(number)
	if errors.Is(err, errChanged) {
		return nil, &Error{Op: "read content of message " + p.LocalID, Kind: ErrPermanent, Err: err}
	}
	if err != nil {
		return nil, fmt.Errorf("read content of message %s: %w", p.LocalID, err)
	}
	return made, nil
}

func (p *parcel) remake(number int) (*part, error) {
	if p.remaker == nil {
		source, err := newCutter(p.Message, p.plan.Compress)
		if err != nil {
			return nil, err
		}
		p.remaker = source
	}
	if err := p.remaker.skip(p.plan.Starts[number-1] - p.remaker.read); err != nil {
		return nil, err
	}
	made, err := p.remaker.byLength(p.plan.length(number))
	if err != nil || number < p.plan.Parts() {
		return made, err
	}
	end, err := p.remaker.atEnd()
	if err != nil {
		return nil, err
	}
	if !end || p.remaker.sum() != p.plan.SHA256 {
		return nil, errChanged
	}
	return made, nil
}

// close lets the content go.
func (p *parcel) close() {
	if p.remaker != nil {
		p.remaker.close() //nolint:errcheck // it was only read
	}
}
