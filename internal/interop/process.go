//go:build linux

package interop

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// spawn starts a program in a session of its own, so that its process group is it and its workers. done is closed
// when it has ended. It does not outlive a test that panics or is killed: then it is told to end, with its workers.
func spawn(cmd *exec.Cmd) (done <-chan struct{}, err error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGTERM}
	started, ended := make(chan error), make(chan struct{})
	go func() {
		// The kernel takes the end of the thread that started it for the end of the parent.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(ended)
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
		}
	}()
	return ended, <-started
}

// patience is how long a test waits for something before it fails.
const patience = 30 * time.Second

// program is another program that a test has started.
type program struct {
	cmd  *exec.Cmd
	done <-chan struct{}
	said string // file with what it printed
}

// start runs a program until the test ends, or it does. What it prints goes to the file said, and is shown when the
// test fails.
func start(t testing.TB, said, dir string, env []string, name string, args ...string) *program {
	t.Helper()
	Need(t, name)
	out, err := os.OpenFile(said, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, append(os.Environ(), env...), out, out
	done, err := spawn(cmd)
	_ = out.Close() // the program has its own
	if err != nil {
		t.Fatal(err)
	}
	p := &program{cmd, done, said}
	t.Cleanup(func() {
		p.kill()
		if t.Failed() && !cmd.ProcessState.Success() {
			t.Logf("%s said:\n%s", name, tail(said))
		}
	})
	return p
}

// kill ends it and its workers at once.
func (p *program) kill() {
	select {
	case <-p.done: // its number may be somebody else's by now
	default:
		_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
		<-p.done
	}
}

// says waits until a text is among what the program has printed.
func (p *program) says(t testing.TB, text string) {
	t.Helper()
	p.until(t, "says "+text, func() bool { return strings.Contains(tail(p.said), text) })
}

// makes waits until a file is there.
func (p *program) makes(t testing.TB, path string) {
	t.Helper()
	p.until(t, "makes "+path, func() bool { _, err := os.Stat(path); return err == nil })
}

func (p *program) until(t testing.TB, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !is(); time.Sleep(20 * time.Millisecond) {
		select {
		case <-p.done:
			if !is() {
				t.Fatalf("%s ended before it %s:\n%s", p.cmd.Path, what, tail(p.said))
			}
			return
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s never %s:\n%s", p.cmd.Path, what, tail(p.said))
		}
	}
}

// tail is the end of a file, for people.
func tail(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	const most = 8 << 10
	return string(b[max(0, len(b)-most):])
}
