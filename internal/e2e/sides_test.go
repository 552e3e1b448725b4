package e2e

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golync/internal/e2e/window"
	"golync/internal/shot"
)

// allowed is the policy of an administrator who has done everything: Skype is on, contoso.com is provisioned,
// and Alice may talk to public users.
const allowed = `
[provider]
name = "Skype"
enabled = true

[[domain]]
name = "contoso.com"
provisioning = "done"

[[user]]
address = "sip:alice@contoso.com"
EnablePublicCloudAccess = true
EnablePublicCloudAudioVideoAccess = true
`

// sides is golync lab with its gateway, and who is on either side of it: Alice uses Lync, Bob and Cheri use
// Skype. Each has a program and a terminal of their own.
type sides struct {
	t      *testing.T
	dir    string
	listen string
	lab    *exec.Cmd
	says   map[string]string // what the lab says of itself: tls, xcap, trust
}

// between starts the lab with a policy.
func between(t *testing.T, policy string) *sides {
	t.Helper()
	return betweenAt(t, policy, "127.0.0.1:0")
}

// betweenAt does so where it can be started again.
func betweenAt(t *testing.T, policy, listen string) *sides {
	t.Helper()
	s := &sides{t: t, dir: home(t), listen: listen}
	s.writes("users.toml", `
[[user]]
address = "sip:alice@contoso.com"
name = "Alice"
password = "secret"

[[user]]
address = "sip:bob(contoso.com)@msn.com"
name = "Bob"
password = "secret"

[[user]]
address = "sip:cheri@outlook.com"
name = "Cheri Serrano"
password = "secret"

[[user]]
address = "sip:gina@fabrikam.com"
name = "Gina Rossi"
password = "secret"
`)
	s.decrees(policy)
	s.opens()
	t.Cleanup(s.closes)
	return s
}

func (s *sides) path(name string) string { return filepath.Join(s.dir, name) }

func (s *sides) writes(name, content string) {
	s.t.Helper()
	if err := os.WriteFile(s.path(name), []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// decrees replaces the policy, as an editor does: whole or not at all.
func (s *sides) decrees(policy string) {
	s.t.Helper()
	s.writes("policy.new", policy)
	if err := os.Rename(s.path("policy.new"), s.path("policy.toml")); err != nil {
		s.t.Fatal(err)
	}
}

// opens starts the lab and reads where it listens.
func (s *sides) opens() {
	s.t.Helper()
	log, err := os.OpenFile(s.path("lab.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		s.t.Fatal(err)
	}
	defer log.Close()
	s.lab = exec.Command(string(golync), "lab", "--listen", s.listen, "--users", s.path("users.toml"),
		"--policy", s.path("policy.toml"), "--data", s.path("lab"))
	s.lab.Stderr = log
	out, err := s.lab.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.lab.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.says = map[string]string{}
	for lines := bufio.NewScanner(out); lines.Scan() && !strings.Contains(lines.Text(), "ctrl+c"); {
		if word, rest, ok := strings.Cut(lines.Text(), " "); ok {
			s.says[word] = strings.TrimSpace(rest)
		}
	}
	if s.says["tls"] == "" || s.says["xcap"] == "" || s.says["trust"] == "" {
		s.t.Fatalf("the lab says %v; its log:\n%s", s.says, s.log())
	}
}

// closes ends the lab as ctrl+c does.
func (s *sides) closes() {
	if s.lab == nil {
		return
	}
	_ = s.lab.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	if err := s.lab.Wait(); err != nil {
		s.t.Errorf("the lab ended: %v; its log:\n%s", err, s.log())
	}
	s.lab = nil
}

func (s *sides) log() string {
	log, err := os.ReadFile(s.path("lab.log"))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(log)
}

// logs waits for a line of the lab's log with all the words.
func (s *sides) logs(words ...string) {
	s.t.Helper()
	for deadline := time.Now().Add(shot.Patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
	lines:
		for line := range strings.Lines(s.log()) {
			for _, w := range words {
				if !strings.Contains(line, w) {
					continue lines
				}
			}
			return
		}
	}
	s.t.Fatalf("no line of the lab's log has %q:\n%s", words, s.log())
}

// server are the flags by which a program finds the lab.
func (s *sides) server() []string {
	secret := window.Secret(s.t, s.dir, "secret")
	return []string{"--server", s.says["tls"], "--ca", s.says["trust"], "--xcap", s.says["xcap"], "--password-file", secret}
}

// alice opens Alice's Lync.
func (s *sides) alice(flags ...string) *window.Window {
	s.t.Helper()
	return s.lync("alice@contoso.com", "Alice", flags...)
}

// lync opens a Lync user's program.
func (s *sides) lync(account, name string, flags ...string) *window.Window {
	s.t.Helper()
	flags = append(append(flags, "--account", "sip:"+account, "--display-name", name), s.server()...)
	w := golync.Open(s.t, s.dir, 120, 40, flags...)
	w.Sees("What's happening today?", "Available", "Signed in")
	return w
}

// skype opens the Skype of a Microsoft account.
func (s *sides) skype(account string, flags ...string) *window.Window {
	s.t.Helper()
	flags = append(append([]string{"skype", "--account", account}, flags...), s.server()...)
	w := golync.Open(s.t, s.dir, 120, 40, flags...)
	w.Sees("CONTACTS", "REQUESTS", "Online", "Signed in")
	return w
}

// hearsOfSkype configures Lync Alerts as the specification has it.
func hearsOfSkype(w *window.Window) {
	choosesAlerts(w, "Allow invites but block all other communications")
}

// choosesAlerts makes a choice of Contacts not using Lync.
func choosesAlerts(w *window.Window, choice string) {
	w.Presses("o")
	w.Sees("Ringtones and Sounds")
	w.Presses("down", "down", "down", "down", "enter")
	w.Clicks(choice)
	w.Clicks("OK")
	w.Loses("General alerts")
}

// looksFor searches for a Lync user in Skype, up to the answer.
func looksFor(w *window.Window, address string) {
	w.Clicks("+ Add Contacts")
	w.Sees("Enter the SIP address of a Lync user")
	w.Types(address)
	w.Presses("enter")
}

// addsLyncUser does the whole of it, up to the question mark.
func addsLyncUser(w *window.Window, address, name string) {
	asks(w, address, name)
	w.Row("? " + name)
}

// asks looks for a Lync user and sends a contact request.
func asks(w *window.Window, address, name string) {
	looksFor(w, address)
	w.Sees("1 result", name, "Lync")
	w.Presses("enter")
	w.Sees("Profile")
	w.Clicks("Add to Contacts")
	w.Sees("Introduce yourself to " + name)
	w.Clicks("Send")
}

// admits is Skype's Accept of the only request.
func admits(w *window.Window, address string) {
	picksRequest(w, address)
	w.Presses("enter")
	w.Loses("REQUESTS (1)")
	w.Presses("1")
}

// picksRequest selects the only request that waits for a Skype user, which is a Lync user's with this address.
func picksRequest(w *window.Window, address string) {
	opensRequests(w)
	w.Row(address) // in the second line
	w.Picks("Lync · ")
}

// opensRequests goes to where somebody waits for the Skype user.
func opensRequests(w *window.Window) {
	w.Sees("REQUESTS (1)")
	w.Insists(func() { w.Presses("2") }, seen("  Decline  "))
}

// opensNew goes to Lync's New, where somebody waits.
func opensNew(w *window.Window) {
	w.Sees("NEW (1)")
	w.Insists(func() { w.Presses("4") }, seen("d dismiss"))
}

// says sends a message in the conversation with somebody of the list.
func says(w *window.Window, row, words string) {
	w.Picks(row)
	w.Presses("enter")
	w.Sees("Write to ")
	w.Types(words)
	w.Presses("enter")
	w.Sees(words)
}

// seen is whether a text stands on the screen.
func seen(text string) func(shot.Screen) bool {
	return func(s shot.Screen) bool { return s.Has(text) }
}

// given is where the search for the next free address goes on, so that tests beside each other get different ones.
var given atomic.Int64

// freeAddress is where a server can listen, and again after a restart: below the ports that the system gives
// to others meanwhile, with room for each of its services.
func freeAddress(t *testing.T) string {
	t.Helper()
	const apart, first, ports = 21, 20_000, 12_000
	for range ports / apart {
		base := first + int(int64(os.Getpid())*31+given.Add(apart))%(ports-apart)
		if allFree(base, base+1, base+20) {
			return fmt.Sprintf("127.0.0.1:%d", base)
		}
	}
	t.Fatal("no port is free between 20000 and 32000")
	return ""
}

// allFree says that nobody listens at any of these ports.
func allFree(ports ...int) bool {
	for _, port := range ports {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			return false
		}
		l.Close()
	}
	return true
}

// never fails when a text stands on the screen.
func never(t *testing.T, w *window.Window, text string) {
	t.Helper()
	if s := w.Screen(); s.Has(text) {
		t.Errorf("%s stands on the screen:\n%s", fmt.Sprintf("%q", text), s.Text())
	}
}
