package mesh

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// FolderConfig says where the MESH client program of this computer or network keeps the folders of a mailbox. It must be
// set up to keep what it has sent (SaveSent): the sent folder is the only proof that MESH has taken a message.
type FolderConfig struct {
	Mailbox string // our mailbox id
	// Root is the folder of the mailbox, which holds in, out, sent and failed.
	Root string
	// In, Out, Sent and Failed are for installations that call them otherwise: names in Root, or whole paths. Empty ones
	// are found in Root whatever their case.
	In, Out, Sent, Failed string
	// Staging is a folder of our own on the same file system, where files are made ready, and messages that have come wait
	// until they are stored. It is made when it is missing. Never the temp folder of the MESH client.
	Staging string
}

// Folder speaks to MESH through the folders of a MESH client program. It has the methods of [Client], so that a caller
// need not know which of them it has. Have one for each mailbox at a time.
type Folder struct {
	Now func() time.Time

	mailbox               string
	in, out, sent, failed string
	staging, arrived      string
	mu                    sync.Mutex
	step                  func(string) error // tests let the program die before a step
}

// OpenFolder finds the folders. A configuration that cannot work is an *[Invalid].
func OpenFolder(config FolderConfig) (*Folder, error) {
	var p problems
	f := &Folder{Now: time.Now, mailbox: strings.ToUpper(config.Mailbox), step: func(string) error { return nil }}
	if !isMailbox(config.Mailbox) {
		p.add("Mailbox", "is missing or has characters no mailbox id has", "give the mailbox id, for example X26ABC1")
	}
	if config.Root == "" {
		p.add("Root", "is missing", "give the folder of the mailbox that the MESH client made, which holds in, out and sent")
		return nil, p.err("MESH client settings")
	}
	for _, row := range []struct {
		field, given, usual string
		found               *string
	}{
		{"In", config.In, "in", &f.in}, {"Out", config.Out, "out", &f.out},
		{"Sent", config.Sent, "sent", &f.sent}, {"Failed", config.Failed, "failed", &f.failed},
	} {
		path, what := findFolder(config.Root, row.given, row.usual)
		if what != "" {
			p.add(row.field, what, "give the path of the MESH client's "+row.usual+" folder, which this program must be allowed to use")
		}
		*row.found = path
	}
	f.prepareStaging(&p, config)
	if err := p.err("MESH client settings"); err != nil {
		return nil, err
	}
	return f, nil
}

// findFolder returns the path, or what is wrong.
func findFolder(root, given, usual string) (path, wrong string) {
	name := usual
	if given != "" {
		name = given
	}
	if filepath.IsAbs(name) {
		return name, folderFault(name)
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		return "", "cannot be found: the mailbox folder " + unusable(err)
	}
	var found []string
	for _, entry := range entries {
		switch {
		case entry.Name() == name && given != "":
			return filepath.Join(root, name), folderFault(filepath.Join(root, name))
		case strings.EqualFold(entry.Name(), name):
			found = append(found, filepath.Join(root, entry.Name()))
		}
	}
	switch len(found) {
	case 0:
		return "", "is missing in the mailbox folder"
	case 1:
		return found[0], folderFault(found[0])
	}
	return "", "is there more than once, in capital and small letters"
}

func folderFault(path string) string {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return unusable(err)
	case !info.IsDir():
		return "names a file and not a folder"
	}
	return ""
}

// prepareStaging makes our own folder and tries whether files can be moved from it into out, and from in into it.
func (f *Folder) prepareStaging(p *problems, config FolderConfig) {
	const cure = "give a folder of its own for this program, on the same drive as the folders of the MESH client"
	f.staging = config.Staging
	if f.staging == "" {
		p.add("Staging", "is missing", cure)
		return
	}
	f.arrived = filepath.Join(f.staging, "arrived")
	if err := os.MkdirAll(f.arrived, 0o700); err != nil {
		p.add("Staging", unusable(err), cure)
		return
	}
	if len(*p) > 0 {
		return
	}
	for _, folder := range []struct{ field, path string }{{"Out", f.out}, {"In", f.in}} {
		if what := tryMoving(f.staging, folder.path); what != "" {
			p.add(folder.field, what, cure+", and allow this program to write into both")
		}
	}
}

// tryMoving moves an empty file there and back. The MESH client takes no notice of its name.
func tryMoving(from, to string) (wrong string) {
	file, err := os.CreateTemp(from, "try-*.tmp")
	if err != nil {
		return "cannot be tried: the staging folder " + unusable(err)
	}
	file.Close()
	defer os.Remove(file.Name())
	there := filepath.Join(to, filepath.Base(file.Name()))
	if err := os.Rename(file.Name(), there); err != nil {
		return "cannot take a file from the staging folder"
	}
	if err := os.Rename(there, file.Name()); err != nil {
		os.Remove(there)
		return "does not let files be moved out of it"
	}
	return ""
}

// Mailbox is the id we speak for, in upper case.
func (f *Folder) Mailbox() string { return f.mailbox }

// Handshake looks whether the folders are still there. Whether the MESH client reaches MESH, only its answers show.
func (f *Folder) Handshake(context.Context) error {
	for _, path := range []string{f.in, f.out, f.sent, f.failed, f.staging} {
		if what := folderFault(path); what != "" {
			return &Error{Op: "look for the folders of the MESH client", Kind: ErrOffline, Field: FieldFolder,
				Message: "the folder " + filepath.Base(path) + " " + what}
		}
	}
	return nil
}

// troubled is the error for a file or folder that could not be used just now.
func troubled(op string, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	return &Error{Op: op, Kind: ErrTemporary, Message: "a file on this computer could not be used", Err: err}
}
