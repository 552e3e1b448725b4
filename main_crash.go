package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"
)

var errCrashed = errors.New("golync crashed")

// crashReport is the file into which a crash is written: by the window, which survives its own panics long
// enough, or by the Go runtime, when any other goroutine panics. That ends the process at once, and
// nothing of ours can give the terminal back: so a shell waits beside golync, and does it when golync ends
// without a word. It also does when golync is killed.
type crashReport struct {
	path    string
	file    *os.File      // nil when it cannot be written
	watcher *exec.Cmd     // nil where there is no shell
	alive   io.Closer     // the watcher sees its end
	word    io.Writer     // what tells the watcher that all is well
	armed   chan struct{} // closed when the watcher knows the terminal's state
	once    sync.Once
	wrote   bool
}

// watch is the shell's part. It keeps the terminal's settings before golync changes them, and says so.
// The sequences undo what a full-screen program asks for: synchronised output, mouse, focus, bracketed
// paste, key enhancements, the hidden cursor, colours, the alternate screen.
const watch = `trap '' HUP INT TERM QUIT TTOU TTIN TSTP
saved=$(stty -g </dev/tty 2>/dev/null)
echo armed
read -r word && exit 0
printf '\033[?2026l\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?1004l\033[?2004l\033[<u\033[>4;0m\033[?1049l\033[?25h\033[0m\r' >/dev/tty
[ -n "$saved" ] && stty "$saved" </dev/tty
printf 'golync ended unexpectedly. %s\n' "$1" >/dev/tty
`

// watchForCrashes prepares for one. Whatever of it does not work is left out: golync works without.
func watchForCrashes(dir string) *crashReport {
	r := &crashReport{armed: make(chan struct{})}
	r.path = filepath.Join(dir, fmt.Sprintf("crash-%s-%d.txt", time.Now().Format("20060102-150405"), os.Getpid()))
	says := ""
	if file, err := os.OpenFile(r.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
		r.file = file
		fmt.Fprintf(file, "golync %s\n", buildVersion())
		says = "If it crashed, what happened is in " + r.path
		_ = debug.SetCrashOutput(file, debug.CrashOptions{})
	}
	if err := r.startWatcher(says); err != nil {
		close(r.armed)
	}
	return r
}

func (r *crashReport) startWatcher(says string) error {
	cmd := exec.Command("/bin/sh", "-c", watch, "golync-watch", says)
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	r.watcher, r.word, r.alive = cmd, in, in
	go func() {
		_, _ = bufio.NewReader(out).ReadString('\n') // its end is as good: then nobody watches
		close(r.armed)
	}()
	return nil
}

// ready waits until the watcher knows the terminal as it was, at most a moment.
func (r *crashReport) ready() {
	select {
	case <-r.armed:
	case <-time.After(time.Second):
	}
}

// write keeps a panic of the window.
func (r *crashReport) write(value any, stack []byte) {
	r.once.Do(func() {
		r.wrote = true
		if r.file != nil {
			fmt.Fprintf(r.file, "\npanic: %v\n\n%s", value, stack)
		}
	})
}

// end is called when the window has ended. It returns the report of a crash, if there was one.
func (r *crashReport) end() (path string) {
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	if r.watcher != nil {
		fmt.Fprintln(r.word, "well")
		r.alive.Close()
		_ = r.watcher.Wait()
	}
	if r.file == nil {
		return ""
	}
	r.file.Close()
	if r.wrote {
		return r.path
	}
	os.Remove(r.path)
	return ""
}
