package command

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golync/internal/config"
	"golync/internal/lab"
	"golync/internal/store"
)

func TestTheLabSpreadsItsServicesFromOnePort(t *testing.T) {
	for listen, want := range map[string]lab.Config{
		"127.0.0.1:5060":  {TCP: "127.0.0.1:5060", UDP: "127.0.0.1:5060", TLS: "127.0.0.1:5061", XCAP: "127.0.0.1:5080"},
		"127.0.0.1:0":     {TCP: "127.0.0.1:0", UDP: "127.0.0.1:0", TLS: "127.0.0.1:0", XCAP: "127.0.0.1:0"},
		"[::1]:7000":      {TCP: "[::1]:7000", UDP: "[::1]:7000", TLS: "[::1]:7001", XCAP: "[::1]:7020"},
		":65515":          {TCP: ":65515", UDP: ":65515", TLS: ":65516", XCAP: ":65535"},
		"localhost:06000": {TCP: "localhost:6000", UDP: "localhost:6000", TLS: "localhost:6001", XCAP: "localhost:6020"},
	} {
		got, err := addresses(listen)
		if err != nil || got.TCP != want.TCP || got.UDP != want.UDP || got.TLS != want.TLS || got.XCAP != want.XCAP {
			t.Errorf("%s: %+v, %v", listen, got, err)
		}
	}
	for _, listen := range []string{"", "127.0.0.1", "127.0.0.1:sip", "127.0.0.1:-1", ":65516", ":70000", "::1:5060"} {
		if _, err := addresses(listen); err == nil || !strings.Contains(err.Error(), "expected") {
			t.Errorf("%q: %v", listen, err)
		}
	}
}

// serve runs a lab in dir until it has told where it listens, and returns what it said.
func serve(t *testing.T, dir string, users ...config.User) (string, error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out := &told{end: cancel}
	err := Lab(ctx, out, LabConfig{Listen: "127.0.0.1:0", Users: users, Data: dir, Log: slog.New(slog.DiscardHandler)})
	return out.String(), err
}

// serveWith is serve with a configuration of its own.
func serveWith(t *testing.T, c LabConfig) (string, error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out := &told{end: cancel}
	c.Data, c.Log = t.TempDir(), slog.New(slog.DiscardHandler)
	c.Users = []config.User{{Address: dana, Password: "x"}, {Address: "sip:bob(contoso.com)@msn.com", Password: "y"}}
	err := Lab(ctx, out, c)
	return out.String(), err
}

func TestTheLabSaysWhatItsPolicyIs(t *testing.T) {
	said, err := serveWith(t, LabConfig{Listen: "127.0.0.1:0"})
	if err != nil || !strings.Contains(said, "policy  none: everything is allowed (--policy FILE)") {
		t.Errorf("%v\n%s", err, said)
	}
	file := filepath.Join(t.TempDir(), "policy.toml")
	if err := os.WriteFile(file, []byte("[provider]\nenabled = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	said, err = serveWith(t, LabConfig{Listen: "127.0.0.1:0", Policy: file})
	if err != nil || !strings.Contains(said, "policy  "+file) {
		t.Errorf("%v\n%s", err, said)
	}
	if _, err := serveWith(t, LabConfig{Listen: "127.0.0.1:0", Policy: file + "x"}); err == nil {
		t.Error("it serves without the policy it was given")
	}
}

func TestTheLabTellsTheNameByWhichItIsReached(t *testing.T) {
	said, err := serveWith(t, LabConfig{Listen: "0.0.0.0:0", Names: []string{"lync.example"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"golync --account sip:dana@contoso.com --server lync.example:", "--xcap http://lync.example:",
		"golync skype --account bob@contoso.com --server lync.example:",
	} {
		if !strings.Contains(said, line) {
			t.Errorf("%q is missing in\n%s", line, said)
		}
	}
	if strings.Contains(said, "0.0.0.0") {
		t.Errorf("people are told an address that is none:\n%s", said)
	}
}

// What the lab prints is pasted into a shell.
func TestTheCommandsToSignInAreOneWordEach(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "the lab's data")
	said, err := serve(t, dir, config.User{Address: "sip:bob(contoso.com)@msn.com", Password: "x"}, config.User{Address: "sip:yan(other.com)@chat.tailspin.com", Password: "y"})
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"--account bob@contoso.com --server", "--account 'sip:yan(other.com)@chat.tailspin.com' --server", `/the lab'\''s data/ca.pem' --xcap http`} {
		if !strings.Contains(said, words) {
			t.Errorf("%s is missing in\n%s", words, said)
		}
	}
}

// A provider that is not Skype is one only for windows that have been told.
func TestTheLabSaysWhatAWindowNeedsOfAnotherProvider(t *testing.T) {
	file := filepath.Join(t.TempDir(), "policy.toml")
	for text, want := range map[string]string{
		"[provider]\nname = 'Tailspin'\ndomains = ['tailspin.com', 'chat.tailspin.com']\n": "[providers.skype]\nname = \"Tailspin\"\ndecoration_domain = \"chat.tailspin.com\"\ndomains = [\"tailspin.com\"]\n",
		"[provider]\nname = 'Skype'\n": "",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		out := &told{end: cancel}
		users := []config.User{{Address: "sip:yan@tailspin.com", Password: "x"}, {Address: "sip:yan(other.com)@chat.tailspin.com", Password: "y"}}
		c := LabConfig{Listen: "127.0.0.1:0", Policy: file, Users: users, Data: t.TempDir(), Log: slog.New(slog.DiscardHandler)}
		err := Lab(ctx, out, c)
		cancel()
		if err != nil || !strings.Contains(out.String(), want) || (want == "") == strings.Contains(out.String(), "providers.skype") {
			t.Errorf("%v, it says\n%s", err, out)
		}
	}
}

// told ends the lab at the first word that it has told everything.
type told struct {
	bytes.Buffer
	end func()
}

func (w *told) Write(p []byte) (int, error) {
	defer w.end()
	return w.Buffer.Write(p)
}

func TestTheLabTellsEverybodyHowToSignIn(t *testing.T) {
	dir := t.TempDir()
	said, err := serve(t, dir, config.User{Address: dana, Name: "Dana", Password: "x"}, config.User{Address: "sip:eve@contoso.com", Password: "y"})
	if err != nil {
		t.Fatal(err)
	}
	ca := filepath.Join(dir, "ca.pem")
	for _, line := range []string{"golync --account sip:dana@contoso.com --server 127.0.0.1:", "golync --account sip:eve@contoso.com --server 127.0.0.1:", "--ca " + ca, "--xcap http://127.0.0.1:"} {
		if !strings.Contains(said, line) {
			t.Errorf("%q is missing in\n%s", line, said)
		}
	}
	pem, err := os.ReadFile(ca)
	if err != nil || !bytes.HasPrefix(pem, []byte("-----BEGIN CERTIFICATE-----")) {
		t.Errorf("%s holds %q, %v", ca, pem, err)
	}
	if info, err := os.Stat(ca); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// Whoever trusts ca.pem goes on doing so after a restart; its key is the owner's alone.
func TestARestartKeepsTheAuthority(t *testing.T) {
	dir := t.TempDir()
	var pems []string
	for range 2 {
		if _, err := serve(t, dir, config.User{Address: dana, Password: "x"}); err != nil {
			t.Fatal(err)
		}
		pem, err := os.ReadFile(filepath.Join(dir, "ca.pem"))
		if err != nil {
			t.Fatal(err)
		}
		pems = append(pems, string(pem))
	}
	if pems[0] != pems[1] || strings.Count(pems[1], "BEGIN") != 1 {
		t.Errorf("the second start left %s", pems[1])
	}
	keys, _ := filepath.Glob(filepath.Join(dir, "*key*"))
	for _, key := range keys {
		if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", key, info.Mode(), err)
		}
	}
}

func TestTwoLabsDoNotShareADirectory(t *testing.T) {
	dir := t.TempDir()
	unlock, err := store.Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	var runs *LabRunsError
	if _, err := serve(t, dir, config.User{Address: dana, Password: "x"}); !errors.Is(err, store.ErrLocked) || !errors.As(err, &runs) ||
		!strings.Contains(err.Error(), "a lab already runs with the data in "+dir) || strings.Contains(err.Error(), "account") {
		t.Errorf("the second one: %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	if _, err := serve(t, dir, config.User{Address: dana, Password: "x"}); err != nil {
		t.Errorf("once the first has gone: %v", err)
	}
}

func TestALabThatCannotStartGivesItsDirectoryBack(t *testing.T) {
	dir := t.TempDir()
	if _, err := serve(t, dir, config.User{Address: "no address", Password: "x"}); !errors.Is(err, lab.ErrUser) {
		t.Fatalf("got %v", err)
	}
	unlock, err := store.Lock(dir)
	if err != nil {
		t.Fatalf("the directory is still taken: %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
}
