package store

import "slices"

// addDues makes a pending row for each extract that must carry the version kept last, and has its audit entry name them.
func (t *transaction) addDues(in table, id string, version int, dues []string) error {
	dues = slices.Compact(slices.Sorted(slices.Values(dues)))
	t.refs[len(t.refs)-1].Dues = dues
	for _, kind := range dues {
		if err := t.exec(`UPDATE pending SET superseded = 1 WHERE record_id = ? AND kind = ? AND superseded = 0`, id, kind); err != nil {
			return err
		}
		if err := t.exec(`INSERT INTO pending (kind, record, record_id, record_version, committed_at) VALUES (?, ?, ?, ?, ?)`,
			kind, string(in), id, version, t.now.UnixMicro()); err != nil {
			return err
		}
	}
	return nil
}
