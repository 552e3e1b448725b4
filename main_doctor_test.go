package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golync/contacts"
)

// A wrong configuration is what somebody may start the doctor for.
func TestTheDoctorReportsWhatIsWrongWithTheConfiguration(t *testing.T) {
	home := t.TempDir()
	file := filepath.Join(home, "config.toml")
	for text, want := range map[string]string{
		"account = 'a@b.c'\nserver = 5":      "bad-configuration",
		"account = 'a@b.c'\nca = '/nowhere'": "bad-configuration",
		"":                                   "no-account",
		"account = 'a@127.0.0.1'\nserver = '127.0.0.1:1'\ntransport = 'tcp'": "no-password",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := program(t, home, "doctor", "dana@contoso.com", "--config", file)
		if code != exitFailure || errs != "" || !strings.Contains(out, "FAULT "+want+"\n") {
			t.Errorf("%q: exit code %d, %q\n%s", text, code, errs, out)
		}
	}
}

func TestTheDoctorWritesOneDocumentForPrograms(t *testing.T) {
	code, out, errs := program(t, t.TempDir(), "doctor", "--json")
	var r struct {
		Format int
		Well   bool
		Faults []string
	}
	d := json.NewDecoder(strings.NewReader(out))
	if err := d.Decode(&r); err != nil || d.More() {
		t.Fatalf("%v\n%s", err, out)
	}
	if code != exitFailure || errs != "" || r.Format != 1 || r.Well || len(r.Faults) != 1 || r.Faults[0] != "no-account" {
		t.Errorf("exit code %d, %q, %+v", code, errs, r)
	}
}

func TestTheDoctorFindsTheAccountThatWasUsedLast(t *testing.T) {
	home := t.TempDir()
	dir := filepath.Join(home, ".local", "share", "golync")
	for _, c := range []struct{ dir, account, flag string }{{dir, "alice@contoso.com", ""}, {filepath.Join(dir, "skype"), "cheri@outlook.com", "--skype"}} {
		(&place{}).remember(filepath.Join(c.dir, "account"), contacts.Address("sip:"+c.account))
		_, out, _ := program(t, home, strings.Fields("doctor --server 127.0.0.1:1 --password-file /nowhere "+c.flag)...)
		if !strings.HasPrefix(out, "The chain of "+c.account+"\n") {
			t.Errorf("%s: %s", c.account, out)
		}
	}
}
