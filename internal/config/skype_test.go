package config

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golync/contacts"
)

// Both windows read one file, and neither takes the other one's account.
func TestTheSkypeUserHasSettingsOfTheirOwn(t *testing.T) {
	dir := t.TempDir()
	configured(t, dir, `
account = "sip:alice@contoso.com"
display_name = "Alice"
server = "sip.contoso.com"
password_file = "alice"
data = "~/there"
[skype]
account = "bob@contoso.com"
display_name = " Bob Smith "
server = "gateway.example"
password_file = "bob"
ca = "ca.pem"
`)
	env := home(dir, "GOLYNC_TRANSPORT=udp", "GOLYNC_SKYPE_TRANSPORT=tcp")
	at := func(name string) string { return filepath.Join(dir, ".config/golync", name) }
	lync, err := Read(nil, env)
	want := Settings{
		File: at("config.toml"), Account: "sip:alice@contoso.com", Name: "Alice", Server: "sip.contoso.com", Transport: "udp",
		Password: Password{File: at("alice")}, Data: filepath.Join(dir, "there"),
	}
	if err != nil || !reflect.DeepEqual(lync, want) {
		t.Errorf("Lync: %+v, %v\nwant %+v", lync, err, want)
	}
	skype, err := ReadSkype(nil, env)
	want = Settings{
		File: at("config.toml"), Account: "sip:bob(contoso.com)@msn.com", Name: "Bob Smith", Server: "gateway.example", Transport: "tcp",
		Password: Password{File: at("bob")}, CA: at("ca.pem"), Data: filepath.Join(dir, "there", "skype"),
	}
	if err != nil || !reflect.DeepEqual(skype, want) {
		t.Errorf("Skype: %+v, %v\nwant %+v", skype, err, want)
	}
	flags := map[string]string{"account": "cheri@outlook.com", "data": "/d"}
	if skype, err = ReadSkype(flags, env); err != nil || skype.Account != "sip:cheri@outlook.com" || skype.Data != "/d/skype" {
		t.Errorf("with flags: %+v, %v", skype, err)
	}
}

func TestWithoutSettingsOfTheirOwnTheSkypeUserIsAsked(t *testing.T) {
	dir := t.TempDir()
	configured(t, dir, "account = 'sip:alice@contoso.com'\npassword_file = 'x'")
	got, err := ReadSkype(nil, home(dir, "GOLYNC_ACCOUNT=sip:dana@contoso.com"))
	if err != nil || got.Account != "" || got.Password.Configured() || got.Data != filepath.Join(dir, ".local/share/golync/skype") {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestMistakesOfTheSkypeUserAreNamedWithTheirPlace(t *testing.T) {
	for _, c := range []struct{ content, env, flag, says string }{
		{"\n[skype]\naccount = 'bob.smith'", "", "", `config.toml:3: account: "bob.smith" is wrong: expected a Microsoft account such as bob@contoso.com (A Skype name cannot be used`},
		{"account = 'a@b.c'\n[skype]\nserver = 'x y'", "", "", `config.toml:3: server: "x y" is wrong`},
		{"[skype]\ndata = 'x'", "", "", `config.toml:2: there is no setting "skype.data": expected account, display_name, server`},
		{"[skype]\npassword = 'x'", "", "", "a password is never kept in the configuration"},
		{"[skype]\ndisplay_name = \"a\\nb\"", "", "", `config.toml:2: display_name: "a\nb" is wrong: expected a name such as "Bob Smith"`},
		{"display_name = '" + strings.Repeat("x", 65) + "'", "GOLYNC_SKYPE_DISPLAY_NAME=" + strings.Repeat("x", 65), "", "of at most 64 characters"},
		{"", "GOLYNC_SKYPE_ACCOUNT=bob", "", `GOLYNC_SKYPE_ACCOUNT: "bob" is wrong`},
		{"", "", "bob@localhost", `--account: "bob@localhost" is wrong: expected a Microsoft account`},
	} {
		dir := t.TempDir()
		configured(t, dir, c.content)
		flags := map[string]string{}
		if c.flag != "" {
			flags["account"] = c.flag
		}
		if _, err := ReadSkype(flags, home(dir, c.env)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q %s %s: got %v, want %s", c.content, c.env, c.flag, err, c.says)
		}
	}
}

// Another network can stand for Skype: what it is called, what stands for it, and whose accounts it has.
func TestAnotherProviderCanStandForSkype(t *testing.T) {
	dir := t.TempDir()
	configured(t, dir, `[providers.skype]
name = " Tailspin "
glyph = "T"
decoration_domain = "Chat.Tailspin.com"
domains = ["tailspin.com"]
`)
	got, err := ReadSkype(map[string]string{"account": "bob@contoso.com"}, home(dir))
	if err != nil {
		t.Fatal(err)
	}
	want := contacts.PublicProvider{Name: "Tailspin", Glyph: "T", DecorationDomain: "chat.tailspin.com", Domains: []string{"tailspin.com"}}
	if !reflect.DeepEqual(got.Providers.Skype, want) || got.Account != "sip:bob(contoso.com)@chat.tailspin.com" {
		t.Errorf("got %+v, %s", got.Providers.Skype, got.Account)
	}
}

func TestMistakesInAProviderAreNamedWithTheirLine(t *testing.T) {
	for content, says := range map[string]string{
		"name = ''":                           "expected a name in quotes of at most 24 characters",
		"name = 7":                            "expected a name in quotes",
		"name = \"a\\u0007b\"":                "expected a name in quotes",
		"name = 'abcdefghijklmnopqrstuvwxyz'": "expected a name in quotes",
		"glyph = 'Sk'":                        "expected one character in quotes",
		"glyph = ' '":                         "expected one character in quotes",
		"glyph = \"\\u0301\"":                 "expected one character in quotes",
		"glyph = []":                          "expected one character in quotes",
	} {
		dir := t.TempDir()
		path := configured(t, dir, "[providers.skype]\n"+content)
		if _, err := Read(nil, home(dir)); err == nil || !strings.HasPrefix(err.Error(), path+":2: ") || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v, want %s", content, err, says)
		}
	}
}
