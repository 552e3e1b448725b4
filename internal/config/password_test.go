package config

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func passwordFile(t *testing.T, content string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestThePasswordIsTheFirstLine(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"a line", "secret\n", "secret"},
		{"no line end", "secret", "secret"},
		{"as Windows writes it", "secret\r\nnote\r\n", "secret"},
		{"blanks belong to it", " se cret \nuser: alice", " se cret "},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := passwordFile(t, c.content, 0o600)
			for _, p := range []Password{{File: path}, {Command: "cat " + path}} {
				if got, err := p.Get(t.Context()); err != nil || got != c.want {
					t.Errorf("%+v: %q, %v", p, got, err)
				}
			}
		})
	}
}

func TestAPasswordThatCannotBeHadSaysWhy(t *testing.T) {
	for _, c := range []struct {
		p    Password
		want string
	}{
		{Password{}, "no password is configured"},
		{Password{File: "/nowhere/password"}, "open /nowhere/password"},
		{Password{File: passwordFile(t, "\nsecret", 0o600)}, "expected it in the first line"},
		{Password{File: passwordFile(t, strings.Repeat("x", 5000), 0o600)}, "expected it in the first line"},
		{Password{Command: "echo leaked; echo first >&2; echo the vault is locked >&2; exit 3"}, `exit status 3: "the vault is locked"`},
		{Password{Command: "true"}, "the password command gives no password"},
	} {
		_, err := c.p.Get(t.Context())
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "leaked") {
			t.Errorf("%+v: %v, want %s", c.p, err, c.want)
		}
	}
	if _, err := (Password{}).Get(t.Context()); !errors.Is(err, ErrNoPassword) {
		t.Errorf("got %v", err)
	}
}

func TestAHangingCommandEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := (Password{Command: "exec sleep 100"}).Get(ctx); err == nil {
		t.Error("it gave a password")
	}
}

func TestTheMoreImportantSourceOfThePasswordCounts(t *testing.T) {
	dir := t.TempDir()
	configured(t, dir, "password_file = '/f/file'")
	got, err := Read(nil, home(dir, "GOLYNC_PASSWORD_COMMAND=env"))
	if err != nil || got.Password != (Password{Command: "env"}) {
		t.Errorf("environment over file: %+v, %v", got.Password, err)
	}
	got, err = Read(map[string]string{"password-file": "/flag"}, home(dir, "GOLYNC_PASSWORD_COMMAND=env"))
	if err != nil || got.Password != (Password{File: "/flag"}) {
		t.Errorf("flag over environment: %+v, %v", got.Password, err)
	}
	configured(t, dir, "password_file = '/f/file'\npassword_command = 'pass'")
	if _, err := Read(nil, home(dir)); err == nil || !strings.Contains(err.Error(), "both set") {
		t.Errorf("two in the file: %v", err)
	}
}

func TestAFileThatOthersCanReadIsExposed(t *testing.T) {
	for mode, want := range map[os.FileMode]bool{0o600: false, 0o400: false, 0o640: true, 0o604: true} {
		path := passwordFile(t, "x", 0o600)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if got := (Password{File: path}).Exposed(); got != want {
			t.Errorf("%o: %v", mode, got)
		}
	}
	if (Password{}).Exposed() || (Password{File: "/dev/null"}).Exposed() {
		t.Error("no file, or no regular one, is exposed")
	}
}
