package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"golync/internal/command"
	"golync/internal/store"
)

// TestMain lets a test run this binary as golync, and as a program that crashes.
func TestMain(m *testing.M) {
	if args, ok := os.LookupEnv(asProgram); ok {
		os.Args = append(os.Args[:1], strings.Fields(args)...)
		main()
	}
	if how := os.Getenv(crashes); how != "" {
		crash(how)
	}
	os.Exit(m.Run())
}

func TestFlagsStandBeforeAndAfterTheCommand(t *testing.T) {
	for _, c := range []struct {
		args string
		want flags
	}{
		{"", flags{}},
		{"demo", flags{command: "demo"}},
		{"--data /d demo --debug", flags{command: "demo", debug: true, set: map[string]string{"data": "/d"}}},
		{"demo --data /d --trace-sip=/t", flags{command: "demo", trace: "/t", set: map[string]string{"data": "/d"}}},
		{"-account a@b.c --password-file f", flags{set: map[string]string{"account": "a@b.c", "password-file": "f"}}},
		{"lab --users u --listen :0", flags{command: "lab", users: "u", listen: ":0"}},
		{"lab policy --debug show p.toml", flags{command: "lab", words: []string{"policy", "show", "p.toml"}, debug: true}},
		{"lab --policy p --name sip.contoso.com --users u", flags{command: "lab", policy: "p", name: "sip.contoso.com", users: "u"}},
		{"skype --display-name Bob", flags{command: "skype", set: map[string]string{"display-name": "Bob"}}},
		{"skype --demo --account cheri@outlook.com", flags{command: "skype", demo: true, set: map[string]string{"account": "cheri@outlook.com"}}},
		{"doctor --json dana@contoso.com", flags{command: "doctor", words: []string{"dana@contoso.com"}, json: true}},
		{"demo --ascii", flags{command: "demo", ascii: true}},
		{"-h", flags{help: true}},
		{"demo --help", flags{command: "demo", help: true}},
		{"help", flags{command: "help", help: true}},
		{"--version", flags{version: true}},
		{"version", flags{command: "version", version: true}},
	} {
		if c.want.set == nil {
			c.want.set = map[string]string{}
		}
		got, err := parseFlags(strings.Fields(c.args))
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %+v, %v\nwant %+v", c.args, got, err, c.want)
		}
	}
}

// program runs golync without a terminal and with a home of its own.
func program(t *testing.T, home string, args ...string) (code int, out, errs string) {
	t.Helper()
	env := func(name string) string { return map[string]string{"HOME": home}[name] }
	var o, e bytes.Buffer
	code = run(t.Context(), args, env, &o, &e)
	return code, o.String(), e.String()
}

func TestMistakesAreSaidWithWhatToDo(t *testing.T) {
	home := t.TempDir()
	users := filepath.Join(home, "users.toml")
	if err := os.WriteFile(users, []byte("[[user]]\nadress = 'x'"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args, says string
		code       int
	}{
		{"--pasword-file x", "not defined: --pasword-file", exitUsage},
		{"--password secret", "not defined: --password", exitUsage},
		{"--account=", "it is empty", exitUsage},
		{"call", `there is no command "call"`, exitUsage},
		{"doctor a@b.c d@e.f", "golync doctor takes one address", exitUsage},
		{"doctor nobody", "is no address", exitUsage},
		{"demo --json", "belong to golync doctor", exitUsage},
		{"demo again", `"again" is one word too many`, exitUsage},
		{"demo --account a@b.c", "--account does nothing for golync demo", exitUsage},
		{"--users x", "belong to golync lab", exitUsage},
		{"demo --policy x", "belong to golync lab", exitUsage},
		{"lab", "golync lab needs --users FILE", exitUsage},
		{"lab polcy", `golync lab knows no "polcy"`, exitUsage},
		{"lab policy", "expected golync lab policy show FILE", exitUsage},
		{"lab policy list x", "expected golync lab policy show FILE", exitUsage},
		{"lab policy show x y", "expected golync lab policy show FILE", exitUsage},
		{"lab policy check /nowhere", "the policy file cannot be read", exitUsage},
		{"lab policy check " + users, "users.toml:2: there is no setting", exitUsage},
		{"lab policy show " + users, "users.toml:2: there is no setting", exitUsage},
		{"lab policy show --data x " + users, "--data does nothing for golync lab policy", exitUsage},
		{"lab user", "expected golync lab user ADDRESS", exitUsage},
		{"lab user alice@contoso.com --password-file /nowhere", "the password file cannot be read", exitFailure},
		{"lab user alice --password-file " + users, "not a user", exitUsage},
		{"lab --users " + users, "users.toml:2: there is no setting", exitUsage},
		{"lab --server x --users " + users, "--server does nothing for golync lab", exitUsage},
		{"--account nobody", "expected a SIP address such as sip:alice@contoso.com", exitUsage},
		{"--ca /nowhere", "the certificates cannot be read", exitUsage},
		{"--ca " + users, "there is no certificate in it", exitUsage},
		{"--account a@b.c", "this is no terminal", exitFailure},
	} {
		code, out, errs := program(t, home, strings.Fields(c.args)...)
		if code != c.code || out != "" || !strings.HasPrefix(errs, "golync: ") || !strings.Contains(errs, c.says) {
			t.Errorf("golync %s: exit code %d, said %q, want %d and %q", c.args, code, errs, c.code, c.says)
		}
		if c.code == exitUsage && !strings.Contains(errs, "golync --help") {
			t.Errorf("golync %s does not say what to do: %q", c.args, errs)
		}
	}
}

func TestMistakesInTheKeysAreSaidWithTheirLine(t *testing.T) {
	home := t.TempDir()
	file := filepath.Join(home, "config.toml")
	for _, c := range []struct{ line, says string }{
		{`"window.fnd" = ["f7"]`, `config.toml:3: window.fnd: there is no such action: expected window.find, `},
		{`"window.find" = ["ctl+f"]`, `config.toml:3: window.find: there is no key "ctl+f": expected a character, enter`},
		{`"conversation.send" = ["s"]`, `config.toml:3: conversation.send: "s" writes there`},
		{`"window.find" = ["o"]`, `config.toml:3: window.find: "o" is window.options already`},
	} {
		if err := os.WriteFile(file, []byte("account = 'a@b.c'\n[keys]\n"+c.line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, errs := program(t, home, "--config", file); code != exitUsage || !strings.Contains(errs, c.says) {
			t.Errorf("%s: exit code %d, said %q", c.line, code, errs)
		}
	}
}

func TestATerminalThatCannotPlaceTextIsRefusedInWords(t *testing.T) {
	env := func(name string) string { return map[string]string{"HOME": t.TempDir(), "TERM": "dumb"}[name] }
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"demo"}, env, &out, &errs); code != exitFailure || !strings.Contains(errs.String(), "TERM=dumb") {
		t.Errorf("exit code %d, said %q", code, errs.String())
	}
}

func TestHelpFitsAndNamesEveryFlag(t *testing.T) {
	code, out, errs := program(t, t.TempDir(), "--help")
	if code != exitOK || errs != "" {
		t.Fatalf("exit code %d, %q", code, errs)
	}
	for _, name := range append([]string{"trace-sip", "debug", "ascii", "users", "listen"}, settings...) {
		if !strings.Contains(out, "--"+name) {
			t.Errorf("--%s is not explained", name)
		}
	}
	for i, line := range strings.Split(out, "\n") {
		if len(line) > 80 {
			t.Errorf("line %d has %d columns", i+1, len(line))
		}
	}
	if examples := strings.Index(out, "Examples"); examples < 0 || examples > 200 {
		t.Error("examples come first")
	}
	if code, out, _ := program(t, t.TempDir(), "--version"); code != exitOK || !strings.HasPrefix(out, "golync ") {
		t.Errorf("--version: %d, %q", code, out)
	}
}

func TestEveryTroubleWithTheDiskHasAdvice(t *testing.T) {
	if next := advice(&command.LabRunsError{}); strings.Contains(next, "window") || !strings.Contains(next, "--listen") {
		t.Errorf("beside a lab that runs the advice is %q", next)
	}
	if next := advice(fmt.Errorf("lab: %w", syscall.EADDRINUSE)); !strings.Contains(next, "--listen") {
		t.Errorf("when the port is taken the advice is %q", next)
	}
	for _, err := range []error{store.ErrLocked, store.ErrDiskFull, store.ErrDisk, store.ErrReadOnly, store.ErrDamaged, store.ErrNewer} {
		if advice(fmt.Errorf("open x: %w", err)) == "" {
			t.Errorf("%v leaves the user alone", err)
		}
	}
	for err, want := range map[error]int{
		store.ErrLocked: exitLocked, errCrashed: exitCrashed, store.ErrDiskFull: exitFailure, usage("x"): exitUsage,
	} {
		if got := codeOf(fmt.Errorf("x: %w", err)); got != want {
			t.Errorf("%v gives %d, want %d", err, got, want)
		}
	}
}

func TestTheLastAccountIsRemembered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "golync", "account")
	p := &place{}
	if got := recall(path); got != "" {
		t.Errorf("before the first run it is %q", got)
	}
	p.remember(path, "sip:alice@contoso.com")
	if got := recall(path); got != "sip:alice@contoso.com" {
		t.Errorf("it is %q", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("no address"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := recall(path); got != "" {
		t.Errorf("from a broken file it is %q", got)
	}
}

func TestTheLabServesUntilItIsEnded(t *testing.T) {
	home := t.TempDir()
	users := filepath.Join(home, "users.toml")
	if err := os.WriteFile(users, []byte("[[user]]\naddress = 'dana@contoso.com'\npassword = 'x'"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	out := &untilWritten{wrote: cancel}
	var errs bytes.Buffer
	env := func(name string) string { return map[string]string{"HOME": home}[name] }
	code := run(ctx, []string{"lab", "--users", users, "--listen", "127.0.0.1:0", "--data", filepath.Join(home, "lab")}, env, out, &errs)
	if code != exitOK {
		t.Errorf("exit code %d, %s", code, errs.String())
	}
	for _, text := range []string{"tls ", "xcap    http://127.0.0.1:", "policy  none", "golync --account sip:dana@contoso.com --server 127.0.0.1:", "ca.pem"} {
		if !strings.Contains(out.String(), text) {
			t.Errorf("it does not say %q:\n%s", text, out)
		}
	}
}

// untilWritten ends what writes to it once it has written everything.
type untilWritten struct {
	bytes.Buffer
	wrote func()
}

func (u *untilWritten) Write(p []byte) (int, error) {
	defer func() {
		if strings.Contains(u.String(), "ends it") {
			u.wrote()
		}
	}()
	return u.Buffer.Write(p)
}
