package config

import (
	"reflect"
	"strings"
	"testing"
)

func TestKeysAreReadByTheirActions(t *testing.T) {
	dir := t.TempDir()
	configured(t, dir, "ascii = true\n[keys]\n\"window.find\" = [\"ctrl+f\", \"f7\"]\nquit = []\n")
	got, err := Read(nil, home(dir))
	want := map[string][]string{"window.find": {"ctrl+f", "f7"}, "quit": nil}
	if err != nil || !reflect.DeepEqual(got.Keys, want) || !got.ASCII {
		t.Errorf("got %v, ASCII %v, %v", got.Keys, got.ASCII, err)
	}
}

func TestMistakesInKeysAreNamedWithTheirLine(t *testing.T) {
	for _, c := range []struct{ name, content, line, expected string }{
		{"no list", "\n[keys]\n\"window.find\" = 'f7'", "3", `expected a list of keys, such as ["ctrl+f", "/"], not f7`},
		{"no text", "[keys]\n\"window.find\" = [7]", "2", "expected a key in quotes"},
		{"no quotes", "[keys]\nwindow.find = ['f7']", "2", "expected the whole name in quotes"},
		{"ascii as text", "ascii = 'yes'", "1", "expected true or false, not yes"},
	} {
		dir := t.TempDir()
		path := configured(t, dir, c.content)
		_, err := Read(nil, home(dir))
		if err == nil || !strings.HasPrefix(err.Error(), path+":"+c.line+": ") || !strings.Contains(err.Error(), c.expected) {
			t.Errorf("%s: got %v\nwant %s:%s: … %s", c.name, err, path, c.line, c.expected)
		}
	}
}

// Who knows the actions finds out what is wrong with them; the file knows where.
func TestAMistakeThatOthersFindIsNamedWithItsLine(t *testing.T) {
	dir := t.TempDir()
	path := configured(t, dir, "server = 'x'\n\n[keys]\n\"list.up\" = ['u']\n\"window.fnd\" = [\"ctrl+f\"]\n")
	got, err := Read(nil, home(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := got.KeyError("window.fnd", "there is no such action"); err.Error() != path+":5: window.fnd: there is no such action" {
		t.Error(err)
	}
}

func TestTheLocaleIsTheFirstVariableThatIsSet(t *testing.T) {
	for _, c := range []struct {
		env  []string
		want bool
	}{
		{nil, true},
		{[]string{"LANG=C"}, true},
		{[]string{"LANG=POSIX"}, true},
		{[]string{"LANG=C.UTF-8"}, false},
		{[]string{"LANG=de_DE.utf8"}, false},
		{[]string{"LANG=de_DE.ISO-8859-1"}, true},
		{[]string{"LANG=en_US.UTF-8", "LC_CTYPE=C"}, true},
		{[]string{"LANG=C", "LC_CTYPE=en_US.UTF-8"}, false},
		{[]string{"LANG=en_US.UTF-8", "LC_CTYPE=en_US.UTF-8", "LC_ALL=C"}, true},
		{[]string{"LANG=C", "LC_ALL="}, true},
	} {
		if got := Narrow(home("/h", c.env...)); got != c.want {
			t.Errorf("%v: narrow is %v", c.env, got)
		}
	}
}
