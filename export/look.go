package export

import (
	"context"
	"errors"
	"fmt"
	"time"

	"deltoid/capture"
	"deltoid/export/mesh"
)

// Look asks MESH now where one file is, at a person's word. MESH forbids asking often. Report says what hindered it.
func (c *Courier) Look(ctx context.Context, id string) (Delivery, Report, error) {
	c.stepping.Lock()
	defer c.stepping.Unlock()
	report := Report{At: c.Now().UTC()}
	d, err := c.Ledger.Delivery(ctx, id)
	if err != nil {
		return d, report, err
	}
	if d.State != Sending && d.State != Accepted {
		return d, report, &capture.Error{Code: capture.Conflict, Field: "id", Message: "There is nothing to ask: MESH is asked about files that may have left and are not collected yet"}
	}
	configuration, err := c.Ledger.Configuration(ctx)
	if err != nil {
		return d, report, fmt.Errorf("read settings: %w", err)
	}
	r := &round{Courier: c, configuration: configuration, report: &report, behind: map[Kind]Delivery{}, timetable: TimetableOf(configuration)}
	if err := r.recall(ctx); err != nil {
		return d, report, err
	}
	if err := r.open(ctx, nil); err != nil {
		report.Problem = sentence(err)
		return d, report, nil
	}
	r.post = listening{c.post, r.hear}
	d.NextAttempt = time.Time{}
	after, err := r.one(ctx, d)
	if after.State != d.State {
		r.changed(after)
	}
	return after, report, errors.Join(err, r.remember(ctx))
}

// CheckMESH looks at everything that has to be right before a file can go: settings, certificates, handshake, clock and
// mailbox, or the folders of the MESH client. It changes nothing. Version is the program's.
func CheckMESH(ctx context.Context, configuration capture.Configuration, version string, now func() time.Time) []mesh.Finding {
	switch err := trainingStaysHere(configuration); {
	case !isSetUp(configuration):
		return []mesh.Finding{{Check: mesh.CheckSettings, State: mesh.Bad, Text: "MESH is not set up", Cure: "enter the MESH settings", Field: mesh.FieldURL}}
	case err != nil:
		return []mesh.Finding{{Check: mesh.CheckSettings, State: mesh.Bad, Text: sentence(err), Field: mesh.FieldURL}}
	case usesFolder(configuration):
		return mesh.CheckFolder(ctx, folderConfig(configuration), now)
	}
	return mesh.Check(ctx, clientConfig(configuration, version), now)
}

// SettingOf is the key of the setting that a finding speaks of; empty when it speaks of none that can be set.
func SettingOf(finding mesh.Finding) string {
	if finding.Field == "" {
		return ""
	}
	key := settingOf(finding.Field)
	if _, known := capture.SettingFor(key); !known {
		return ""
	}
	return key
}
