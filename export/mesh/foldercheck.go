package mesh

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// CheckFolder looks whether the folders are there and can be used, and whether the MESH client works. now is the clock to
// judge by.
func CheckFolder(ctx context.Context, config FolderConfig, now func() time.Time) []Finding {
	f, err := OpenFolder(config)
	if err != nil {
		findings := settingsFindings(err)
		for i := range findings {
			findings[i].Check = CheckFolders
		}
		return findings
	}
	f.Now = now
	return f.Check(ctx)
}

// Check is [CheckFolder] for a Folder that exists.
func (f *Folder) Check(ctx context.Context) []Finding {
	if err := f.Handshake(ctx); err != nil {
		return []Finding{{Check: CheckFolders, State: Bad, Text: "The folders of the MESH client cannot be used: " + err.Error(),
			Cure: "look whether the drive is connected and the folders are where they were", Field: FieldFolder}}
	}
	return []Finding{
		{Check: CheckFolders, State: Good, Text: "The folders of the MESH client for mailbox " + f.mailbox + " can be used"},
		f.checkWorking(),
	}
}

// stuck is how long a file may wait to be sent: twice the usual pause of the MESH client.
const stuck = time.Hour

func (f *Folder) checkWorking() Finding {
	oldest, waiting, err := waitingSince(f.out)
	switch {
	case err != nil:
		return Finding{Check: CheckMESHClient, State: Unknown, Text: "What waits to be sent cannot be seen: the out folder " + unusable(err), Cure: "allow this program to read it", Field: FieldFolder}
	case waiting == 0:
		return Finding{Check: CheckMESHClient, State: Good, Text: "Nothing waits for the MESH client"}
	case f.Now().Sub(oldest) < stuck:
		return Finding{Check: CheckMESHClient, State: Good, Text: count(waiting, "message") + " in the out folder for the MESH client to send"}
	}
	return Finding{Check: CheckMESHClient, State: Bad,
		Text: count(waiting, "message") + " in the out folder since " + oldest.UTC().Format("2 January 2006 15:04") + " UTC: the MESH client does not send",
		Cure: "look whether the MESH client runs and reaches the network"}
}

// waitingSince counts the control files of a folder and says how old the oldest is.
func waitingSince(folder string) (oldest time.Time, waiting int, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return time.Time{}, 0, err
	}
	for _, entry := range entries {
		info, err := os.Stat(filepath.Join(folder, entry.Name()))
		if _, isControl := cutEnding(entry.Name(), ".ctl"); !isControl || err != nil {
			continue
		}
		waiting++
		if oldest.IsZero() || info.ModTime().Before(oldest) {
			oldest = info.ModTime()
		}
	}
	return oldest, waiting, nil
}
