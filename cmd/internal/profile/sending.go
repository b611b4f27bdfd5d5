package profile

import (
	"errors"
	"path/filepath"

	"github.com/gofrs/flock"

	"deltoid/capture"
)

// sendingLock is held by the one program that sends from the folder. Two that read a file as not sent at the same
// moment could both send it. The operating system frees it when its program ends, however that ends.
const sendingLock = "sending.lock"

// ErrSendsElsewhere says that another program sends from this folder.
var ErrSendsElsewhere = errors.New("another program sends from this folder")

// TakeSending makes this the program that sends from the folder, until Close. It fails with an Environment error around
// ErrSendsElsewhere while another one is; that one sends what is built here too.
func (p *Profile) TakeSending() error {
	p.lending.Lock()
	defer p.lending.Unlock()
	if p.sending != nil {
		return nil
	}
	lock := flock.New(filepath.Join(p.Dir, sendingLock))
	mine, err := lock.TryLock()
	if err != nil {
		return &capture.Error{Code: capture.Environment, Message: "It cannot be made sure that no other program sends from this folder. Check that the folder may be written to", Err: err}
	}
	if !mine {
		return &capture.Error{Code: capture.Environment, Message: "Deltoid is open on this folder and sends from there by itself: files built here go with it", Err: ErrSendsElsewhere}
	}
	p.sending = lock
	return nil
}

func (p *Profile) endSending() error {
	p.lending.Lock()
	defer p.lending.Unlock()
	if p.sending == nil {
		return nil
	}
	lock := p.sending
	p.sending = nil
	return lock.Close()
}
