package profile

import (
	"fmt"
	"os"
	"path/filepath"
)

// The note that lies beside the records of a training profile.
const (
	trainingNote = "TRAINING.txt"
	trainingText = "This folder holds a training profile of Deltoid. Everybody in it is made up, and nothing of it is ever sent\n" +
		"from this computer. Sign in as a.nurse, b.pharmacist or c.recorder; the passphrase is: " + TrainingPassphrase + "\n"
)

func markTraining(dir string) error {
	if err := os.WriteFile(filepath.Join(dir, trainingNote), []byte(trainingText), 0o600); err != nil {
		return fmt.Errorf("write the note of a training profile: %w", err)
	}
	return nil
}

func markedTraining(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, trainingNote))
	return err == nil
}
