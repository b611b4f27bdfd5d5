package profile

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"deltoid/capture"
)

// recordsFile is the name of the records file in the data folder.
const recordsFile = "deltoid.db"

// DefaultDir is the folder for data of this user on this computer: %LOCALAPPDATA%\Deltoid on Windows,
// ~/Library/Application Support/Deltoid on macOS, $XDG_DATA_HOME/deltoid or ~/.local/share/deltoid elsewhere.
// Data that is bound to one computer must not roam, so Windows' roaming folder is not used.
func DefaultDir() (string, error) {
	switch runtime.GOOS {
	case "windows":
		if local := os.Getenv("LOCALAPPDATA"); local != "" {
			return filepath.Join(local, "Deltoid"), nil
		}
	case "darwin":
		if config, err := os.UserConfigDir(); err == nil {
			return filepath.Join(config, "Deltoid"), nil
		}
	default:
		if data := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(data) {
			return filepath.Join(data, "deltoid"), nil
		}
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, ".local", "share", "deltoid"), nil
		}
	}
	return "", &capture.Error{Code: capture.Environment, Message: "This computer names no folder for the data of its user. Name one with --data"}
}

// Exists tells whether there is a profile in a folder.
func Exists(dir string) (bool, error) {
	_, err := os.Stat(RecordsPath(dir))
	if os.IsNotExist(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for a profile: %w", err)
	}
	return true, nil
}

// RecordsPath is the records file of a profile.
func RecordsPath(dir string) string { return filepath.Join(dir, recordsFile) }
