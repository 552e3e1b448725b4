package lab

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golync/sipclient/presrules"
)

func TestRulesThatCannotBeStoredAreNotAcknowledged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	l, err := newLab(Config{Data: dir, Users: people()})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.disk.flush(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	x := xcap{t, l.xcapHandler(), "alice", "secret"}
	x.expect(x.do("PUT", alicesRules, string(presrules.Build(allows(dana))), asRules), 500)
	if err := l.Close(); err == nil {
		t.Error("Close does not say that nothing was written")
	}
}

func TestDataThatCannotBeReadStopsTheStart(t *testing.T) {
	for name, file := range map[string][2]string{
		"not JSON":         {usersFile, `{"`},
		"nobody's address": {usersFile, `[{"address":"nobody"}]`},
		"rules of another": {rulesFile, `{"sip:alice@contoso.com":{"document":"<x/>"}}`},
		"a list of people": {waitingFile, `[1]`},
	} {
		dir := t.TempDir()
		files := map[string]string{usersFile: fmt.Sprintf(`[{"address":%q,"name":"Alice","ha1":{}}]`, alice)}
		files[file[0]] = file[1]
		for f, content := range files {
			if err := os.WriteFile(filepath.Join(dir, f), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		l, err := newLab(Config{Data: dir, Users: people()})
		if err == nil {
			t.Errorf("%s: taken", name)
			_ = l.Close()
		} else if !strings.Contains(err.Error(), filepath.Join(dir, file[0])) || !strings.Contains(err.Error(), "is damaged") || !strings.Contains(err.Error(), "or remove it") {
			t.Errorf("%s: the error does not say which file, and what to do: %v", name, err)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := newLab(Config{Data: file, Users: people()}); err == nil {
		t.Error("a file was taken for the directory")
	}
}

func TestTheDiskKeepsNoPasswords(t *testing.T) {
	dir := t.TempDir()
	l, err := newLab(Config{Data: dir, Users: people()})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v, %v", entries, err)
	}
	data, err := os.ReadFile(filepath.Join(dir, usersFile))
	if err != nil || strings.Contains(string(data), "secret") {
		t.Errorf("%v\n%s", err, data)
	}
	again, err := newLab(Config{Data: dir, Users: []User{{Address: alice, Name: "Alice Smith", Password: ""}}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	if p := again.people[alice]; p.name != "Alice Smith" || p.ha1["MD5"] == "" || len(again.people) != len(people()) {
		t.Errorf("%+v", p)
	}
}
