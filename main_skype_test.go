package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golync/contacts"
	"golync/internal/command"
	"golync/ui"
)

func TestMistakesOfASkypeUserAreSaidWithWhatToDo(t *testing.T) {
	home := t.TempDir()
	for _, c := range []struct {
		args, says string
		code       int
	}{
		{"skype --account bob.smith", "expected a Microsoft account such as bob@contoso.com (A Skype name cannot be used to search for Lync people or to add them: that needs a Microsoft account", exitUsage},
		{"skype --account bob@localhost", "A Microsoft account has a domain name after the @.", exitUsage},
		{"skype --account bob@contoso.com", "this is no terminal", exitFailure},
		{"skype --listen :0", "belong to golync lab", exitUsage},
		{"skype --demo", "no golync demo is running", exitFailure},
		{"skype --demo --server x", "--server does nothing for golync skype --demo", exitUsage},
		{"skype --demo --account bob", "expected a Microsoft account", exitUsage},
		{"--demo", "--demo belongs to golync skype", exitUsage},
		{"demo --demo", "--demo belongs to golync skype", exitUsage},
	} {
		code, out, errs := program(t, home, strings.Fields(c.args)...)
		if code != c.code || out != "" || !strings.Contains(errs, c.says) {
			t.Errorf("golync %s: exit code %d, said %q, want %d and %q", c.args, code, errs, c.code, c.says)
		}
	}
	if next := advice(command.ErrNoDemo); !strings.Contains(next, "golync demo in another terminal") {
		t.Errorf("without a demo the advice is %q", next)
	}
}

func TestTheSkypeUsersAccountIsOfferedAgainAsItWasTyped(t *testing.T) {
	for _, c := range []struct {
		account contacts.Address
		face    ui.Face
		want    string
	}{
		{"sip:bob(contoso.com)@msn.com", ui.FaceSkype, "bob@contoso.com"},
		{"sip:x(hotmail.co.uk)@msn.com", ui.FaceSkype, "x(hotmail.co.uk)@msn.com"},
		{"sip:cheri@outlook.com", ui.FaceSkype, "cheri@outlook.com"},
		{"sip:alice@contoso.com", ui.FaceSkype, "sip:alice@contoso.com"},
		{"sip:alice@contoso.com", ui.FaceLync, "alice@contoso.com"},
		{"sip:bob(contoso.com)@msn.com", ui.FaceLync, "bob(contoso.com)@msn.com"},
	} {
		if got := typedAs(c.account, contacts.Providers{}, c.face); got != c.want {
			t.Errorf("%s is offered as %q", c.account, got)
		}
	}
}

func TestTheSkypeUserIsAskedAndHasDataApart(t *testing.T) {
	home := t.TempDir()
	(&place{}).remember(filepath.Join(home, ".local/share/golync/account"), "sip:dana@contoso.com")
	term := inTerminal(t, home, "skype")
	sees(t, term, "Microsoft account", "Password")
	if err := term.Press("esc"); err != nil {
		t.Fatal(err)
	}
	endsWith(t, term, exitOK)
	term = inTerminal(t, home, "skype --account bob@contoso.com --server 127.0.0.1:9 --transport tcp")
	sees(t, term, "bob@contoso.com", "Password")
	if err := term.Press("ctrl+c"); err != nil {
		t.Fatal(err)
	}
	endsWith(t, term, exitOK)
	if dirs, _ := filepath.Glob(filepath.Join(home, ".local/share/golync/skype/*/")); len(dirs) != 1 {
		t.Errorf("the Skype user's data are in %v", dirs)
	}
	if _, err := os.Stat(filepath.Join(home, ".local/share/golync/skype/account")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an account that was given is remembered: %v", err)
	}
}

// The window of a Skype user beside the demo, as a newcomer opens it in a second terminal.
func TestASecondTerminalPlaysASkypeUserOfTheDemo(t *testing.T) {
	home := t.TempDir()
	demo := inTerminal(t, home, "demo")
	sees(t, demo, "Dana")
	skype := inTerminal(t, home, "skype --demo")
	sees(t, skype, "Bob")
	if err := skype.Press("ctrl+c"); err != nil {
		t.Fatal(err)
	}
	endsWith(t, skype, exitOK)
	other := inTerminal(t, home, "skype --demo --account nobody@outlook.com")
	sees(t, other, "nobody in the demo has this account: expected cheri@outlook.com or bob@contoso.com")
	endsWith(t, other, exitFailure)
}
