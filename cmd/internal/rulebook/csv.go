package rulebook

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// WriteCSV writes each table as a CSV file of its name into a folder, which it makes. It overwrites nothing: a file that is there
// already is an error that matches fs.ErrExist.
func (b Book) WriteCSV(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder of the rule book: %w", err)
	}
	for _, table := range b.Tables() {
		lines := [][]string{columns(table)}
		for _, row := range table.Rows {
			lines = append(lines, append(append([]string{}, row.Cells...), row.File, strconv.Itoa(row.Line)))
		}
		if err := writeCSV(filepath.Join(dir, table.Name+".csv"), lines); err != nil {
			return err
		}
	}
	return nil
}

func writeCSV(path string, lines [][]string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write the rule book: %w", err)
	}
	err = csv.NewWriter(file).WriteAll(lines)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write the rule book: %w", err)
	}
	return nil
}
