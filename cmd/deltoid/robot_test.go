//go:build window

package main_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// robot works the real window on a screen of its own, by keys, as a person would, and takes pictures.
type robot struct {
	t       testing.TB
	display string
	out     string
	window  string
	program *exec.Cmd
	shots   int
}

// patience is how long the robot waits for a title; a slow machine needs it, a fast one never notices.
const patience = 30 * time.Second

func newRobot(t testing.TB) *robot {
	t.Helper()
	out := os.Getenv("DELTOID_OUT")
	if out == "" {
		out = t.TempDir()
	}
	require.NoError(t, os.MkdirAll(out, 0o755))
	return &robot{t: t, display: startScreen(t), out: out}
}

// startScreen starts Xvfb on a display that it chooses itself, so that two robots never share one.
func startScreen(t testing.TB) string {
	t.Helper()
	reader, writer, err := os.Pipe()
	require.NoError(t, err)
	screen := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp")
	screen.ExtraFiles = []*os.File{writer}
	require.NoError(t, screen.Start())
	require.NoError(t, writer.Close())
	t.Cleanup(func() {
		_ = screen.Process.Kill()
		_ = screen.Wait()
	})
	number, err := bufio.NewReader(reader).ReadString('\n')
	require.NoError(t, err, "Xvfb did not start")
	return ":" + strings.TrimSpace(number)
}

// open starts the program and waits for its window.
func (r *robot) open(arguments ...string) {
	r.t.Helper()
	r.program = exec.Command(program(r.t, "DELTOID_BIN"), arguments...)
	r.program.Env = append(os.Environ(), "DISPLAY="+r.display, "WAYLAND_DISPLAY=", "FYNE_SCALE=1", "LC_ALL=C.UTF-8")
	r.program.Stdout, r.program.Stderr = os.Stderr, os.Stderr
	require.NoError(r.t, r.program.Start())
	r.t.Cleanup(r.kill)
	r.window = r.until("the window", func() (string, bool) {
		id, err := r.tool("search", "--onlyvisible", "--pid", fmt.Sprint(r.program.Process.Pid))
		fields := strings.Fields(id)
		if err != nil || len(fields) == 0 {
			return id, false
		}
		return fields[len(fields)-1], true
	})
	_, err := r.tool("windowmove", r.window, "0", "0")
	require.NoError(r.t, err)
	_, err = r.tool("windowfocus", "--sync", r.window)
	require.NoError(r.t, err)
}

// kill ends the program as a power cut would.
func (r *robot) kill() {
	if r.program == nil {
		return
	}
	_ = r.program.Process.Kill()
	_ = r.program.Wait()
	r.program = nil
}

// at waits until the title of the window says where we are.
func (r *robot) at(words string) {
	r.t.Helper()
	r.until("a title with "+words, func() (string, bool) {
		title, err := r.tool("getwindowname", r.window)
		return title, err == nil && strings.Contains(title, words)
	})
}

func (r *robot) until(what string, ready func() (string, bool)) string {
	r.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if last, ok := ready(); ok {
			return last
		}
		<-time.After(20 * time.Millisecond) // a screen has no event to wait on
	}
	last, _ := ready()
	r.picture("failed")
	require.FailNow(r.t, "waited in vain for "+what, "the last was %q; the picture is in %s", last, r.out)
	return ""
}

func (r *robot) tool(arguments ...string) (string, error) {
	command := exec.Command("xdotool", arguments...)
	command.Env = append(os.Environ(), "DISPLAY="+r.display)
	output, err := command.Output()
	return strings.TrimSpace(string(output)), err
}

// handPace are milliseconds between two keys: slower than what counts as a barcode reader, also on a busy machine.
const handPace = "120"

// keys presses keys by their X names, for example Return, ctrl+s, 1.
func (r *robot) keys(names ...string) {
	r.t.Helper()
	for _, name := range names {
		_, err := r.tool("key", "--delay", handPace, name)
		require.NoError(r.t, err)
	}
}

// types enters text.
func (r *robot) types(text string) {
	r.t.Helper()
	_, err := r.tool("type", "--delay", handPace, text)
	require.NoError(r.t, err)
}

// picture keeps what the screen shows.
func (r *robot) picture(name string) {
	r.t.Helper()
	<-time.After(150 * time.Millisecond) // the title changes a frame before the picture does
	r.shots++
	path := filepath.Join(r.out, fmt.Sprintf("%02d-%s.png", r.shots, name))
	command := exec.Command("import", "-window", "root", path)
	command.Env = append(os.Environ(), "DISPLAY="+r.display)
	if output, err := command.CombinedOutput(); err != nil {
		r.t.Logf("no picture %s: %v %s", path, err, output)
	}
}

// program is the path of a built program.
func program(t testing.TB, variable string) string {
	t.Helper()
	path := os.Getenv(variable)
	if path == "" {
		t.Skipf("%s names no program: run make window-test", variable)
	}
	return path
}
