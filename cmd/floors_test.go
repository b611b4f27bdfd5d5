// Package cmd_test holds the test of the house: who may know whom.
package cmd_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// floors gives each room its floor; a room may import only rooms on lower floors.
var floors = map[string]int{
	"assets/catalogue":              0,
	"assets/brand":                  0,
	"capture/gs1":                   0,
	"capture":                       1,
	"export/mesh":                   1,
	"screening":                     2,
	"screening/history":             2,
	"screening/history/historytest": 2,
	"capture/cohort":                2,
	"export":                        2,
	"export/paper":                  2,
	"store":                         3,
	"ui":                            4,
	"ui/form":                       3, // widgets lie below the screens that use them
	"cmd/deltoid":                   6,
	"cmd/deltoidctl":                6,
	"cmd/internal/profile":          5, // the wiring that both programs share
	"cmd/internal/rulebook":         5,
}

// sameFloor lists the imports along a floor that the design allows: a room's own inner rooms.
var sameFloor = map[[2]string]bool{
	{"export/mesh/meshtest", "export/mesh"}: true,
}

// onlyIn says which rooms may import what only they should know.
var onlyIn = map[string][]string{
	"fyne.io/fyne/v2":             {"ui", "ui/form", "cmd/deltoid"},
	"modernc.org/sqlite":          {"store"},
	"database/sql":                {"store"},
	"net/http":                    {"export/mesh", "export/mesh/meshtest", "screening/history", "screening/history/historytest"},
	"github.com/xuri/excelize/v2": {"cmd/internal/rulebook", "capture/cohort"},
}

const module = "deltoid/"

func floorOf(room string) (int, bool) {
	if room == "export/mesh/meshtest" {
		return floors["export/mesh"], true
	}
	floor, ok := floors[room]
	return floor, ok
}

func TestNoImportGoesUpAFloor(t *testing.T) {
	seen := 0
	walkImports(t, func(room, file, imported string) {
		inner, ours := strings.CutPrefix(imported, module)
		if !ours {
			return
		}
		seen++
		from, ok := floorOf(room)
		require.True(t, ok, "%s: give room %q a floor", file, room)
		to, ok := floorOf(inner)
		require.True(t, ok, "%s: give room %q a floor", file, inner)
		if sameFloor[[2]string{room, inner}] {
			return
		}
		require.Less(t, to, from, "%s: %s (floor %d) must not import %s (floor %d)", file, room, from, inner, to)
	})
	require.Positive(t, seen, "no import was looked at")
}

func TestOnlyTheRightRoomsKnowTheOutside(t *testing.T) {
	walkImports(t, func(room, file, imported string) {
		for prefix, rooms := range onlyIn {
			if imported != prefix && !strings.HasPrefix(imported, prefix+"/") {
				continue
			}
			require.Contains(t, rooms, room, "%s: %s must not import %s", file, room, imported)
		}
	})
}

// walkImports visits every import of every non-test Go file of the project.
func walkImports(t *testing.T, visit func(room, file, imported string)) {
	t.Helper()
	root := ".."
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || name == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		room, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			visit(filepath.ToSlash(room), path, imported)
		}
		return nil
	})
	require.NoError(t, err)
}
