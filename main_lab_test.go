package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golync/docs"
	"golync/internal/shot"
)

// The administrator's files, and what the commands about them say.
func TestTheAdministratorsCommands(t *testing.T) {
	home := t.TempDir()
	put := func(name, text string) string {
		path := filepath.Join(home, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	policy, bad, pw := put("policy.toml", docs.Policy), put("bad.toml", "[provider]\n\nenabled = 1\n"), put("pw", "secret\n")
	code, users, errs := program(t, home, "lab", "user", "alice@contoso.com", "--password-file", pw)
	if code != exitOK || errs != "" {
		t.Fatalf("lab user: %d, %s", code, errs)
	}
	file := put("users.toml", users)
	for _, c := range []struct {
		args, says string
		code       int
	}{
		{"lab user alice", "\"sip:alice\"", exitUsage}, // nobody is asked for a password first
		{"lab policy check " + policy, "policy.toml is good: 0 users and 2 domains", exitOK},
		{"lab policy check " + bad, "bad.toml:3: enabled: expected true or false, not 1", exitUsage},
		{"lab policy show " + bad, "bad.toml:3: ", exitUsage},
		{"lab policy show " + policy + " --users " + file, "alice@contoso.com  true (global)", exitOK},
		{"lab policy show " + policy + " --users /nowhere", "the users file cannot be read", exitUsage},
		{"lab --users " + file + " --policy " + bad, "bad.toml:3: ", exitUsage},
		{"lab --users " + file + " --policy /nowhere", "the policy file cannot be read", exitUsage},
		{"lab --users " + file + " --name lync.example:5061", "expected a host or an address without a port", exitUsage},
	} {
		code, out, errs := program(t, home, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("golync %s: exit code %d, said %q %q", c.args, code, out, errs)
		}
	}
}

// A users file that golync lab user has made serves, under a policy and a name.
func TestTheLabServesUsersWithoutPasswords(t *testing.T) {
	home := t.TempDir()
	policy, users := filepath.Join(home, "policy.toml"), filepath.Join(home, "users.toml")
	table := "[[user]]\naddress = 'sip:dana@contoso.com'\nha1 = '" + strings.Repeat("0a", 16) + "'\n"
	for path, text := range map[string]string{policy: docs.Policy, users: table} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	out := &untilWritten{wrote: cancel}
	var errs bytes.Buffer
	env := func(name string) string { return map[string]string{"HOME": home}[name] }
	code := run(ctx, []string{"lab", "--users", users, "--policy", policy, "--name", "lync.example, 192.0.2.7", "--listen", "127.0.0.1:0", "--data", filepath.Join(home, "lab")}, env, out, &errs)
	if code != exitOK {
		t.Errorf("exit code %d, %s", code, errs.String())
	}
	for _, text := range []string{"policy  " + policy, "--server lync.example:"} {
		if !strings.Contains(out.String(), text) {
			t.Errorf("it does not say %q:\n%s", text, out)
		}
	}
}

// What is typed unseen is typed twice: a slip would keep its user out.
func TestANewPasswordIsTypedTwice(t *testing.T) {
	for again, says := range map[string]string{"secret": "ha1_sha256 = ", "secert": "the two passwords are not the same"} {
		term := inTerminal(t, t.TempDir(), "lab user alice@contoso.com")
		sees(t, term, "Password of alice@contoso.com:")
		typesLine(t, term, "secret")
		sees(t, term, "The same again:")
		typesLine(t, term, again)
		sees(t, term, says)
		code := exitOK
		if again != "secret" {
			code = exitFailure
		}
		endsWith(t, term, code)
	}
}

func typesLine(t *testing.T, term *shot.Terminal, s string) {
	t.Helper()
	if err := term.Type(s); err != nil {
		t.Fatal(err)
	}
	if err := term.Press("enter"); err != nil {
		t.Fatal(err)
	}
}
