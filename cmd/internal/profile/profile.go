package profile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/uuid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
	"deltoid/screening"
	"deltoid/store"
)

// Options are what a profile takes from the world.
type Options struct {
	Now         func() time.Time // the clock; nil: the computer's
	NewID       func() string    // a UUID; nil: a random one
	Version     string           // of the program, told to MESH
	AcceptClock bool             // go on although the clock is behind the last record

	stretch store.Stretch // zero: the usual cost of guessing a passphrase
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.NewID == nil {
		o.NewID = uuid.NewString
	}
	if o.Version == "" {
		o.Version = "dev"
	}
	return o
}

func (o Options) store(dir string) store.Options {
	return store.Options{Path: RecordsPath(dir), Now: o.Now, AcceptClock: o.AcceptClock, Stretch: o.stretch}
}

// Profile is everything that works on one data folder, with somebody signed in.
type Profile struct {
	Dir       string
	Training  bool // sends only to the practice server on this computer
	Staff     capture.Staff
	Store     *store.Store
	Catalogue *catalogue.Catalogue
	Desk      *capture.Desk
	Builder   *export.Builder
	Copies    *export.Copies
	Courier   *export.Courier

	options    Options
	practising sync.Mutex
	practice   *Practice // nil while none runs
	lending    sync.Mutex
	sending    *flock.Flock // nil while this is not the program that sends
}

// Create makes a profile for live work with its first administrator, and gives the recovery key, which is kept nowhere.
func Create(ctx context.Context, dir string, options Options, admin capture.Staff, passphrase string) (*Profile, string, error) {
	options = options.withDefaults()
	known, err := loadCatalogue()
	if err != nil {
		return nil, "", err
	}
	if err := admin.Check(known.At(catalogue.DateOf(options.Now()))).Err(); err != nil {
		return nil, "", err
	}
	admin.ID, admin.Admin = options.NewID(), true
	records, recovery, err := store.Create(ctx, options.store(dir), admin, passphrase)
	if err != nil {
		return nil, "", err
	}
	p, err := assemble(ctx, dir, options, records, admin)
	return p, recovery, err
}

// Locked is a profile that was looked at and found whole, but not unlocked.
type Locked struct {
	dir     string
	options Options
	locked  *store.Locked
}

// Open looks at the profile in a folder.
func Open(ctx context.Context, dir string, options Options) (*Locked, error) {
	options = options.withDefaults()
	locked, err := store.Open(ctx, options.store(dir))
	if err != nil {
		return nil, err
	}
	return &Locked{dir: dir, options: options, locked: locked}, nil
}

// UserNames are those who can sign in, in alphabetical order.
func (l *Locked) UserNames() []string { return l.locked.UserNames() }

// MarkedTraining tells whether a note in the folder says that the profile is for training, so that sign-in can tell its
// passphrase. It is a hint: whether the profile may send is decided by its sealed settings.
func (l *Locked) MarkedTraining() bool { return markedTraining(l.dir) }

// Unlock signs a member of staff in.
func (l *Locked) Unlock(ctx context.Context, userName, passphrase string) (*Profile, error) {
	records, staff, err := l.locked.Unlock(ctx, userName, passphrase)
	if err != nil {
		return nil, err
	}
	return assemble(ctx, l.dir, l.options, records, staff)
}

// assemble plugs the rooms together. It takes over the records and closes them when it fails.
func assemble(ctx context.Context, dir string, options Options, records *store.Store, staff capture.Staff) (*Profile, error) {
	known, err := loadCatalogue()
	if err != nil {
		_ = records.Close()
		return nil, err
	}
	tables, err := loadTables(dir)
	if err != nil {
		_ = records.Close()
		return nil, err
	}
	p := &Profile{Dir: dir, Staff: staff, Store: records, Catalogue: known, options: options}
	p.Desk = &capture.Desk{
		Store: records, Assessor: screening.New(known), Extracts: export.Extracts{Catalogue: known, Profiles: tables, Settings: p.settings, Now: options.Now},
		Catalogue: known, Now: options.Now, NewID: options.NewID,
	}
	p.Builder = &export.Builder{Ledger: records, Profiles: tables, Catalogue: known, Now: options.Now, NewID: options.NewID, By: p.by}
	p.Copies = &export.Copies{Ledger: records, Now: options.Now, By: p.by}
	if err := p.signIn(ctx); err != nil {
		_ = records.Close()
		return nil, err
	}
	p.Courier = p.courier()
	return p, nil
}

func (p *Profile) signIn(ctx context.Context) error {
	configuration, err := p.Store.Configuration(ctx)
	if err != nil {
		return err
	}
	p.Training = configuration.Is("training")
	p.Desk.Provider = p.provider(configuration)
	return p.Desk.SignIn(ctx, p.Staff)
}

// by is the staff id for the audit chain.
func (p *Profile) by() string { return p.Desk.User().ID }

// Close ends the use of the folder. What was saved is safe whether or not it is called.
func (p *Profile) Close() error {
	p.running().Close()
	return errors.Join(p.Store.Close(), p.endSending())
}

// Profiles are the tables of the extracts.
func (p *Profile) Profiles() *export.Profiles { return p.Builder.Profiles }

// settings are those in force now; the usual ones when they cannot be read, because a record is saved first of all.
func (p *Profile) settings() capture.Configuration {
	configuration, err := p.Store.Configuration(context.Background())
	if err != nil {
		return capture.Configuration{}
	}
	return configuration
}

// loadTables reads the tables of the extracts: those of the program, and in their place those in the folder tables, which an
// administrator puts there when a specification turns out otherwise.
func loadTables(dir string) (*export.Profiles, error) {
	folder := filepath.Join(dir, "tables")
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return export.Shipped(), nil
	}
	tables, err := export.LoadProfiles(os.DirFS(folder))
	if err != nil {
		return nil, fmt.Errorf("read the changed tables of extracts in %s: %w", folder, err)
	}
	return tables, nil
}

func loadCatalogue() (*catalogue.Catalogue, error) {
	known, err := catalogue.Load()
	if err != nil {
		return nil, fmt.Errorf("load the catalogue: %w", err)
	}
	return known, nil
}
