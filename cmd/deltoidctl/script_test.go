package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptNow is the moment at which scripts play; the samples are of this day.
const scriptNow = "2022-05-12T10:00:00+01:00"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"deltoidctl": main,
		// ctl is deltoidctl in the script's folder, at the script's time.
		"ctl": func() {
			os.Args = append([]string{"deltoidctl", "--data", os.Getenv("DATA"), "--now", os.Getenv("NOW")}, os.Args[1:]...)
			main()
		},
	})
}

func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("../../testdata/encounters")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLES", samples)
			env.Setenv("NOW", scriptNow)
			env.Setenv("DATA", filepath.Join(env.WorkDir, "data"))
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("DELTOID_PASSPHRASE", "training")
			env.Values[peerKey{}], env.Values[historyKey{}] = &peer{}, &past{}
			env.Defer(func() { env.Values[peerKey{}].(*peer).stop() })
			env.Defer(func() { env.Values[historyKey{}].(*past).stop() })
			return nil
		},
		Condition: func(condition string) (bool, error) {
			if condition != "terminal" {
				return false, fmt.Errorf("there is no condition %q", condition)
			}
			// Windows has none, nor has a container without a devpts.
			multiplexer, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
			if err != nil {
				return false, nil
			}
			return true, multiplexer.Close()
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":      exits,
			"history":    historyCommand,
			"mesh":       meshCommand,
			"take":       take,
			"tamper":     tamper,
			"unfinished": unfinished,
		},
	})
}

// take keeps what the last command printed: take NAME 'Reaction ([0-9a-f-]+)' puts the first group into the environment.
func take(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: take NAME PATTERN")
	}
	pattern, err := regexp.Compile(args[1])
	ts.Check(err)
	found := pattern.FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) != 2 {
		ts.Fatalf("no match for %q", args[1])
	}
	ts.Setenv(args[0], found[1])
}

// exits runs a command that must end with a code: exits 3 ctl verify.
func exits(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		got = ended.ExitCode()
	case err != nil:
		ts.Fatalf("%s: %v", strings.Join(args[1:], " "), err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
