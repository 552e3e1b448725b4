package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golync/internal/config"
	"golync/internal/shot"
	"golync/internal/store"
)

// asProgram makes this binary behave as golync with the words in it as its command line.
const asProgram = "GOLYNC_TEST_RUN"

// inTerminal runs golync in a terminal with a home of its own.
func inTerminal(t *testing.T, home, args string) *shot.Terminal {
	t.Helper()
	term, err := shot.Start(shot.Options{
		Cols: 100, Rows: 30, Dark: true,
		Env: []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), asProgram + "=" + args},
	}, os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { term.Close() })
	return term
}

// sees waits for texts on the screen.
func sees(t *testing.T, term *shot.Terminal, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if _, err := term.See(s); err != nil {
			t.Fatal(err)
		}
	}
}

// endsWith waits for the program's end and its exit code.
func endsWith(t *testing.T, term *shot.Terminal, want int) {
	t.Helper()
	if code, err := term.Wait(10 * time.Second); err != nil || code != want {
		t.Errorf("exit code %d, %v, want %d", code, err, want)
	}
}

func TestTheFirstRunAsksWhoSignsInAndCanBeLeft(t *testing.T) {
	home := t.TempDir()
	term := inTerminal(t, home, "--debug")
	sees(t, term, "Sign-in address", "Password")
	if err := term.Press("esc"); err != nil {
		t.Fatal(err)
	}
	endsWith(t, term, exitOK)
	if _, err := os.Stat(filepath.Join(home, ".local/share/golync/account")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an account is remembered: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(home, ".local/state/golync/crash-*")); left != nil {
		t.Errorf("without a crash there is %v", left)
	}
}

func TestTheAccountUsedLastIsOfferedAtTheNextStart(t *testing.T) {
	home := t.TempDir()
	p := &place{}
	p.remember(filepath.Join(home, ".local/share/golync/account"), "sip:dana@contoso.com")
	term := inTerminal(t, home, "--server 127.0.0.1:9 --transport tcp")
	sees(t, term, "dana@contoso.com", "Password")
	if err := term.Press("ctrl+c"); err != nil {
		t.Fatal(err)
	}
	endsWith(t, term, exitOK)
	if _, err := os.Stat(filepath.Join(home, ".local/state/golync/golync.log")); err != nil {
		t.Errorf("nothing was logged: %v", err)
	}
}

func TestASecondWindowOfAnAccountSaysSoAndWhatToDo(t *testing.T) {
	home := t.TempDir()
	args := "--account sip:dana@contoso.com --server 127.0.0.1:9 --transport tcp"
	first := inTerminal(t, home, args)
	sees(t, first, "dana@contoso.com", "Password")
	second := inTerminal(t, home, args)
	sees(t, second, store.ErrLocked.Error(), "Use that window, or end it first.")
	endsWith(t, second, exitLocked)
	sees(t, first, "Password") // undisturbed
}

func TestTheLogSaysMoreOnlyWhenAsked(t *testing.T) {
	for _, debug := range []bool{false, true} {
		dir := t.TempDir()
		p := &place{}
		log := p.openLog(dir, debug)
		log.Info("told")
		log.Debug("detail")
		for _, c := range p.close {
			if err := c(); err != nil {
				t.Fatal(err)
			}
		}
		content, err := os.ReadFile(filepath.Join(dir, "golync.log"))
		if err != nil || !bytes.Contains(content, []byte("told")) || bytes.Contains(content, []byte("detail")) != debug {
			t.Errorf("debug %t: %q, %v", debug, content, err)
		}
	}
}

// A full disk or a home that cannot be written to costs the log, not the program.
func TestGolyncRunsWithoutALog(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p := &place{}
	p.log = p.openLog(blocked, false)
	if p.log.Enabled(t.Context(), slog.LevelError) || len(p.close) != 0 {
		t.Error("a log that cannot be opened is used")
	}
	if p.remember(filepath.Join(blocked, "account"), "sip:a@b.c"); recall(filepath.Join(blocked, "account")) != "" {
		t.Error("an account is remembered in a file's place")
	}
}

func TestSettingsBecomeTheSessionsAccount(t *testing.T) {
	var said bytes.Buffer
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("secret\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := &place{log: slog.New(slog.NewTextHandler(&said, nil)), trace: io.Discard}
	s := config.Settings{Server: "sip.contoso.com", Transport: "tcp", XCAP: "https://x/", Data: "/data", Password: config.Password{File: file}}
	c := p.sessionOf(s, "sip:dana@contoso.com", nil)
	if c.Account.URI != "sip:dana@contoso.com" || c.Account.Server != s.Server || c.Account.Transport != "tcp" || c.Account.XCAP != s.XCAP || c.Data != "/data" || c.Trace == nil {
		t.Errorf("%+v", c)
	}
	if word, err := c.Account.Password(context.Background()); err != nil || word != "secret" {
		t.Errorf("the password is %q, %v", word, err)
	}
	if c := p.sessionOf(config.Settings{}, "sip:dana@contoso.com", nil); c.Account.Password != nil {
		t.Error("a password is looked for where none is configured")
	}
	if !strings.Contains(said.String(), "can be read by other people") || strings.Contains(said.String(), "secret") {
		t.Errorf("the log says %q", said.String())
	}
}

func TestEveryFailureOnTheWayOutIsTold(t *testing.T) {
	one, two := errors.New("one"), errors.New("two")
	closed := false
	p := &place{crash: &crashReport{}, close: []func() error{func() error { return two }, func() error { closed = true; return nil }}}
	err := p.leave(one)
	if !errors.Is(err, one) || !errors.Is(err, two) || !closed {
		t.Errorf("%v, everything closed: %t", err, closed)
	}
}
