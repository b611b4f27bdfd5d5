package export_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
)

// scheduled is an office whose files are made by the timetable.
func scheduled(t testing.TB) *office {
	o := newOffice(t)
	o.now = at(t, "2022-05-20T09:00:00Z")
	o.byTimetable()
	return o
}

func (o *office) byTimetable() {
	o.courier.Build = func(ctx context.Context, kind export.Kind, before time.Time) ([]export.Made, error) {
		return o.builder.BuildDue(ctx, kind, before, nil)
	}
}

func TestNoFilesAreMadeForNobody(t *testing.T) {
	o := scheduled(t)
	o.set("covid.to_mailbox", "")
	o.record(1)
	o.step()
	o.now = at(t, "2022-05-20T19:00:00Z")
	assert.Empty(t, o.step().Made)
	o.set("covid.to_mailbox", receiverMailbox)
	o.step()
	o.now = at(t, "2022-05-21T19:00:00Z")
	assert.Len(t, o.step().Made, 1)
}

func TestFilesAreMadeAndSentByTheTimetable(t *testing.T) {
	o := scheduled(t)
	o.record(2)
	report := o.step()
	assert.Empty(t, report.Made, "its turn is in the evening")
	assert.False(t, report.Next.After(at(t, "2022-05-20T19:00:00Z")))
	o.now = at(t, "2022-05-20T19:00:00Z")
	report = o.step()
	require.Len(t, report.Made, 1)
	assert.Equal(t, 2, report.Made[0].Delivery.Rows)
	assert.Equal(t, export.Accepted, o.stand(report.Made[0].Delivery.ID).State)
	o.record(1)
	o.restart()
	o.byTimetable()
	assert.Empty(t, o.after(time.Minute).Made, "once, also after a restart")

	o.now = at(t, "2022-05-23T08:00:00Z") // the computer was off over the weekend
	o.restart()
	o.byTimetable()
	report = o.step()
	require.Len(t, report.Made, 1)
	assert.Equal(t, 1, report.Made[0].Delivery.Rows, "one file for all that was missed")
	assert.Len(t, o.server.Messages(receiverMailbox), 2)
	o.whole()
}

func TestOfflineAtTheTurnTheFileGoesWhenTheConnectionIsBack(t *testing.T) {
	o := scheduled(t)
	o.record(1)
	o.step()
	o.set("mesh.url", "http://127.0.0.1:1") // nobody is there
	o.now = at(t, "2022-05-20T19:00:00Z")
	report := o.step()
	require.Len(t, report.Made, 1)
	assert.True(t, report.Offline)
	o.set("mesh.url", o.server.URL())
	o.after(time.Hour)
	assert.Equal(t, export.Accepted, o.stand(report.Made[0].Delivery.ID).State)
}

func TestQuietHoursHoldFilesBackUnlessSomebodySaysSo(t *testing.T) {
	o := scheduled(t)
	o.set("schedule.quiet_from", "19:00")
	o.set("schedule.quiet_to", "07:00")
	o.record(1)
	o.step()
	o.now = at(t, "2022-05-20T19:30:00Z")
	assert.Empty(t, o.step().Made)
	file := o.build() // by hand
	report := o.step()
	assert.Equal(t, export.Built, o.stand(file.ID).State)
	assert.Equal(t, at(t, "2022-05-21T06:00:00Z"), report.Rests)
	o.courier.Go()
	o.step()
	assert.Equal(t, export.Accepted, o.stand(file.ID).State)

	o.record(1)
	second := o.build()
	o.after(time.Minute)
	assert.Equal(t, export.Built, o.stand(second.ID).State, "the word was for what waited then")
	o.now = at(t, "2022-05-21T06:00:00Z")
	report = o.step()
	assert.Len(t, report.Made, 1, "its turn was in the quiet hours")
	assert.Equal(t, export.Accepted, o.stand(second.ID).State)
}

func TestAFileThatCannotBeMadeKeepsNothingFromGoing(t *testing.T) {
	o := scheduled(t)
	o.step()
	o.record(1)
	file := o.build()
	o.courier.Build = func(context.Context, export.Kind, time.Time) ([]export.Made, error) {
		return nil, &capture.Error{Code: capture.Environment, Message: "The disk is full"}
	}
	o.now = at(t, "2022-05-20T19:00:00Z")
	report := o.step()
	assert.Contains(t, report.Problem, "The disk is full")
	assert.Equal(t, export.Accepted, o.stand(file.ID).State)
	o.byTimetable()
	o.record(1)
	assert.Len(t, o.after(15*time.Minute).Made, 1, "tried again")
}
