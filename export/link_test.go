package export_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/export"
	"deltoid/export/mesh"
)

// heard steps with MESH answering or not.
func (d *desk) heard(after time.Duration, replies bool) export.Report {
	d.mesh.down = nil
	if !replies {
		d.mesh.down = failure(mesh.ErrOffline)
	}
	for i := range d.ledger.deliveries { // whatever waits is tried at once
		d.ledger.deliveries[i].NextAttempt = time.Time{}
	}
	return d.after(after)
}

func TestTheConnectionIsWhatRepliesShow(t *testing.T) {
	d := newDesk(t)
	assert.False(t, d.step().Link.Known, "nothing was asked")
	d.built()
	report := d.heard(0, false)
	assert.True(t, report.Link.Known)
	assert.False(t, report.Link.Online, "the first try decides")
	report = d.heard(time.Minute, true)
	assert.True(t, report.Link.Online)
	assert.False(t, report.Back, "it was away for a minute only")
	assert.Equal(t, d.now, report.Link.Heard)
}

func TestFlappingIsNotTold(t *testing.T) {
	d := newDesk(t)
	d.built()
	d.heard(0, true)
	for i := range 40 {
		report := d.heard(30*time.Second, i%2 == 1)
		assert.True(t, report.Link.Online, "a failure now and then is no loss")
		assert.False(t, report.Back)
	}
	d.heard(30*time.Second, false)
	report := d.heard(time.Minute, false)
	assert.False(t, report.Link.Online, "lost for a minute")
	assert.Equal(t, d.now.Add(-time.Minute), report.Link.Since)
	assert.False(t, d.heard(time.Minute, true).Back, "a short loss is not worth a word")

	told := 0
	for range 6 { // ten minutes away, five minutes there: an hour and a half
		d.heard(5*time.Minute, false)
		d.heard(10*time.Minute, false)
		if d.heard(time.Second, true).Back {
			told++
		}
	}
	assert.Equal(t, 3, told, "every half hour at most")
}

func TestFilesWaitForAWordWhenTheConnectionIsBack(t *testing.T) {
	for _, tried := range []bool{true, false} {
		d := newDesk(t)
		d.courier.Ask = 10 * time.Minute
		first := d.built()
		d.heard(0, true)
		require.Equal(t, export.Accepted, d.stand(first.ID).State)
		if !tried {
			d.heard(time.Minute, false) // the loss shows in following the first file
			d.heard(2*time.Minute, false)
		}
		second := d.built()
		if tried {
			d.heard(time.Minute, false)
			d.heard(2*time.Minute, false)
		}
		report := d.heard(time.Hour, true)
		require.True(t, report.Back)
		assert.Equal(t, export.Built, d.stand(second.ID).State, "the desk sees first what waits")
		assert.Equal(t, d.now.Add(10*time.Minute), report.Rests)
		d.heard(9*time.Minute, true)
		assert.Equal(t, export.Built, d.stand(second.ID).State)
		d.courier.Postpone(d.now.Add(time.Hour))
		report = d.heard(59*time.Minute, true)
		assert.Equal(t, export.Built, d.stand(second.ID).State, "postponed")
		assert.Equal(t, d.now.Add(time.Minute), report.Rests)
		if tried {
			d.courier.Go()
			d.heard(0, true)
		} else {
			d.heard(2*time.Minute, true)
		}
		assert.Equal(t, export.Accepted, d.stand(second.ID).State)
	}
}
