// Command deltoid is the window of the vaccination desk. It wires the rooms together, nothing else.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"deltoid/assets/brand"
	"deltoid/cmd/internal/profile"
	"deltoid/ui"
)

// version is set by the build.
var version = "dev"

func main() {
	data := flag.String("data", "", "folder of the records `file` (default: the user's data folder)")
	training := flag.Bool("training", false, "make a training profile in that folder if there is none")
	showVersion := flag.Bool("version", false, "print the version and stop")
	flag.Parse()
	if *showVersion {
		fmt.Println("deltoid", version)
		return
	}
	if err := run(*data, *training); err != nil {
		fmt.Fprintln(os.Stderr, "deltoid:", err)
		os.Exit(3)
	}
}

func run(dir string, training bool) error {
	if dir == "" {
		var err error
		if dir, err = profile.DefaultDir(); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	keepCrashes(dir)
	gate, err := newGate(dir, training)
	if err != nil {
		return err
	}
	program := app.NewWithID("uk.example.deltoid")
	program.SetIcon(fyne.NewStaticResource("icon.png", brand.IconPNG()))
	desk := ui.New(program, gate, ui.LiveBridge())
	desk.Window.SetCloseIntercept(func() { desk.Close(program.Quit) })
	desk.Window.ShowAndRun()
	return nil
}

// keepCrashes sends the report of a crash to a file, since a window has nobody to read it. It holds no patient data:
// goroutine stacks name functions, not values.
func keepCrashes(dir string) {
	file, err := os.OpenFile(filepath.Join(dir, "crash.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return // the desk works without it
	}
	_ = debug.SetCrashOutput(file, debug.CrashOptions{})
	_ = file.Close() // the runtime keeps its own handle
}
