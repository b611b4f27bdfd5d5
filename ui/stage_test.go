package ui_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
	"deltoid/store"
	"deltoid/ui"
)

// now is the moment of every screen test: 12 May 2022, 10:02 in London.
var now = time.Date(2022, 5, 12, 9, 2, 0, 0, time.UTC)

const passphrase = "three odd words"

// stage is the window of the test driver on a real records file with a made-up clinic.
type stage struct {
	t          *testing.T
	app        *ui.App
	desk       *capture.Desk
	store      *store.Store
	options    store.Options
	deliveries *deliveries
	batch      capture.Batch
	clock      time.Time
	ticks      []func() // what follows the clock
	keys       time.Time
	reader     bool // keys come as fast as from a barcode reader
}

// scan types a code as a barcode reader does.
func (s *stage) scan(code string) {
	s.t.Helper()
	s.settle()
	s.key() // a pause before it
	s.reader = true
	s.letters(code)
	s.press(fyne.KeyReturn)
	s.reader = false
}

// key is the time of the next key.
func (s *stage) key() time.Time {
	pace := 150 * time.Millisecond
	if s.reader {
		pace = 5 * time.Millisecond
	}
	s.keys = s.keys.Add(pace)
	return s.keys
}

// pass lets time go by, in steps of a minute.
func (s *stage) pass(minutes int) {
	for range minutes {
		s.clock = s.clock.Add(time.Minute)
		for _, tick := range s.ticks {
			tick()
		}
	}
}

// gate opens the stage's session for anybody who knows the passphrase.
type gate struct {
	session *ui.Session
	staff   capture.Staff
	fresh   bool
	err     error // of signing in
	fault   error // of the file
	made    capture.Staff
}

func (g *gate) Fresh() bool         { return g.fresh }
func (g *gate) Fault() error        { return g.fault }
func (g *gate) UserNames() []string { return []string{"a.nurse", "c.recorder"} }
func (g *gate) Welcome() string     { return "" }

func (g *gate) CheckAdmin(admin capture.Staff) capture.Problems {
	return admin.Check(g.session.Desk.Edition())
}

func (g *gate) SetUp(_ context.Context, admin capture.Staff, _ string) (*ui.Session, string, error) {
	g.made = admin
	return g.session, "ABCDE-FGHJK-MNPQR", nil
}

func (g *gate) SignIn(ctx context.Context, _, typed string, acceptClock bool) (*ui.Session, error) {
	if g.err != nil && !acceptClock {
		return nil, g.err
	}
	if typed != passphrase {
		return nil, store.ErrWrongPassphrase
	}
	return g.session, g.session.Desk.SignIn(ctx, g.staff)
}

// extracts is one extract that takes every event and would refuse what a test says.
type extracts struct{ refusals capture.Problems }

func (extracts) Due(capture.Event) []string { return []string{"covid"} }

func (extracts) DueReaction(capture.Reaction, capture.Event) []string { return nil }

func (e *extracts) Check(capture.Event, capture.Configuration) capture.Problems { return e.refusals }

// newStage opens the window at the sign-in screen.
func newStage(t *testing.T) *stage {
	t.Helper()
	return newStageWith(t, func(*gate) {})
}

func newStageWith(t *testing.T, change func(*gate)) *stage {
	t.Helper()
	return newStageAt(t, now, (*stage).furnish, change)
}

// newStageAt opens the window at another moment, with another clinic.
func newStageAt(t *testing.T, at time.Time, furnish func(*stage), change func(*gate)) *stage {
	t.Helper()
	s := &stage{t: t, clock: at, keys: at}
	clock := func() time.Time { return s.clock }
	rows, err := catalogue.Load()
	require.NoError(t, err)
	nurse := capture.Staff{
		ID: "nurse", UserName: "a.nurse", Forename: "Agnes", Surname: "Nurse", Admin: true,
		Registration: capture.Registration{Body: "nmc", Number: "99X9999E"},
	}
	options := store.Options{
		Path: filepath.Join(t.TempDir(), "deltoid.db"), Now: clock,
		Stretch: store.Stretch{Passes: 1, MemoryKiB: 64, Lanes: 1},
	}
	records, _, err := store.Create(t.Context(), options, nurse, passphrase)
	require.NoError(t, err)
	t.Cleanup(func() { _ = records.Close() })
	ids := 0
	desk := &capture.Desk{
		Store: records, Assessor: engine(rows), Extracts: &extracts{}, Catalogue: rows,
		Now:   clock,
		NewID: func() string { ids++; return fmt.Sprintf("00000000-0000-4000-8000-%012d", ids) },
	}
	d := &deliveries{mesh: ui.Connection{Words: "Offline"}, places: map[string][]export.Place{}}
	s.desk, s.store, s.options, s.deliveries = desk, records, options, d
	furnish(s)
	door := &gate{staff: nurse, session: &ui.Session{Desk: desk, Deliveries: d, Check: records.CheckPassphrase, Close: func() error { return nil }}}
	change(door)
	bridge := ui.DirectBridge()
	bridge.Now = s.key
	bridge.Every = func(_ time.Duration, do func()) { s.ticks = append(s.ticks, do) }
	s.app = ui.New(test.NewTempApp(t), door, bridge)
	t.Cleanup(s.app.Window.Close)
	return s
}

func (s *stage) furnish() {
	s.t.Helper()
	ctx := s.t.Context()
	require.NoError(s.t, s.desk.SignIn(ctx, capture.Staff{ID: "nurse"}))
	var err error
	s.batch, err = s.desk.AddBatch(ctx, capture.Batch{Product: "comirnaty30_rtu", Number: "FP1430", Expiry: catalogue.MustDate("2022-05-18")})
	require.NoError(s.t, err)
	_, err = s.desk.AddBatch(ctx, capture.Batch{Product: "comirnaty30_rtu", Number: "FN0603", Expiry: catalogue.MustDate("2022-06-30")})
	require.NoError(s.t, err)
	_, err = s.desk.AddStaff(ctx, capture.Staff{UserName: "c.recorder", Forename: "Cleo", Surname: "Recorder"})
	require.NoError(s.t, err)
	_, err = s.desk.OpenClinic(ctx, capture.Clinic{
		Site: capture.Site{Code: "RX8XX", Name: "St Example Hall"}, CareSetting: "community-health", LegalMechanism: "pgd",
		Product: "comirnaty30_rtu", BatchID: s.batch.ID, VaccinatorID: "nurse",
	})
	require.NoError(s.t, err)
	for _, person := range []capture.Person{
		{NHSNumber: "9990000018", Forename: "Jo", Surname: "Sampleton", BirthDate: catalogue.MustDate("1947-03-04"), Gender: "2", Postcode: "LS1 4ZZ", Address: "3 Nowhere Lane"},
		{NHSNumber: "9991234578", Forename: "Joan", Surname: "Sampleton", BirthDate: catalogue.MustDate("1988-11-21"), Gender: "2", Postcode: "LS2 9ZZ", Address: "12 Fable Fold"},
		{Forename: "Kwame", Surname: "O'Fable", BirthDate: catalogue.MustDate("2012-01-31"), Gender: "1", Postcode: "LS7 3ZZ", Address: "1 Test Terrace"},
	} {
		_, err := s.desk.AddPerson(ctx, person)
		require.NoError(s.t, err)
	}
}

// signIn brings the window to the board.
func (s *stage) signIn() *stage {
	s.t.Helper()
	s.letters(passphrase)
	s.press(fyne.KeyReturn)
	s.at("Board")
	return s
}

// letters types letters to whatever has the focus.
func (s *stage) letters(text string) {
	s.t.Helper()
	for _, letter := range text {
		focused := s.app.Window.Canvas().Focused()
		require.NotNil(s.t, focused, "nothing has the focus for %q", text)
		focused.TypedRune(letter)
	}
}

// press sends keys to whatever has the focus, or to the window.
func (s *stage) press(names ...fyne.KeyName) {
	s.t.Helper()
	for _, name := range names {
		event := &fyne.KeyEvent{Name: name}
		window := s.app.Window.Canvas()
		switch focused := window.Focused(); {
		case name == fyne.KeyTab:
			window.FocusNext()
		case focused != nil:
			focused.TypedKey(event)
		default:
			window.OnTypedKey()(event)
		}
	}
}

// at says where we are by the window's title.
func (s *stage) at(words string) {
	s.t.Helper()
	require.Contains(s.t, s.app.Window.Title(), words)
}

// settle lays the window out as often as wrapped text needs; a real window does it by itself.
func (s *stage) settle() {
	size := fyne.NewSize(1366, 768)
	s.app.Window.Resize(size)
	for range 3 {
		s.app.Window.Content().Resize(size.AddWidthHeight(1, 0))
		s.app.Window.Content().Resize(size)
	}
}
