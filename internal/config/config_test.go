package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golync/contacts"
)

// home is an environment with a home directory of its own, and what else is given as NAME=value.
func home(dir string, variables ...string) Env {
	all := map[string]string{"HOME": dir}
	for _, v := range variables {
		name, value, _ := strings.Cut(v, "=")
		all[name] = value
	}
	return func(name string) string { return all[name] }
}

// configured writes config.toml where it is looked for and returns its path.
func configured(t *testing.T, dir, content string) string {
	t.Helper()
	path := filepath.Join(dir, ".config", "golync", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWithoutConfigurationNothingIsSet(t *testing.T) {
	dir := t.TempDir()
	got, err := Read(nil, home(dir))
	if want := (Settings{Data: filepath.Join(dir, ".local/share/golync"), File: filepath.Join(dir, ".config/golync/config.toml")}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestFlagsGoBeforeTheEnvironmentBeforeTheFile(t *testing.T) {
	dir := t.TempDir()
	configured(t, dir, `
		account = "file@contoso.com"
		server = "file.contoso.com"
		transport = "TLS"
		ca = "ca.pem"
		xcap = "https://file/xcap"
		data = "~/there"
		[providers.skype]
		decoration_domain = "Example.net"
		domains = ["example.net", "Example.ORG"]
	`)
	env := home(dir, "GOLYNC_SERVER=env.contoso.com", "GOLYNC_TRANSPORT=tcp")
	got, err := Read(map[string]string{"transport": "udp"}, env)
	want := Settings{
		File:    filepath.Join(dir, ".config/golync/config.toml"),
		Account: "sip:file@contoso.com", Server: "env.contoso.com", Transport: "udp",
		CA: filepath.Join(dir, ".config/golync/ca.pem"), XCAP: "https://file/xcap", Data: filepath.Join(dir, "there"),
		Providers: contacts.Providers{Skype: contacts.PublicProvider{DecorationDomain: "example.net", Domains: []string{"example.net", "example.org"}}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
}

func TestMistakesInTheFileAreNamedWithTheirLine(t *testing.T) {
	for _, c := range []struct{ name, content, line, expected string }{
		{"unknown key", "account = 'a@b.c'\nserverr = 'x'", "2", `no setting "serverr": expected account, display_name, server`},
		{"a password", "\n\npassword = 'secret'", "3", "expected password_file or password_command; a password is never kept"},
		{"unknown table", "[alerts]\ntell_me = true", "1", `no setting "alerts`},
		{"unknown provider", "[providers.icq]\nx = 1", "1", "expected skype"},
		{"unknown key of a provider", "[providers.skype]\n\ndomain = 'x'", "3", "expected name, glyph, decoration_domain or domains"},
		{"number for text", "\nserver = 5061", "2", "server: expected text in quotes, not 5061"},
		{"list for text", "account = ['a@b.c']", "1", "account: expected text in quotes"},
		{"text for a list", "[providers.skype]\ndomains = 'live.com'", "2", "expected a list of domains"},
		{"address for a domain", "[providers.skype]\ndomains = ['live.com', 'a@b.c']", "2", "expected a domain in quotes"},
		{"no TOML", "account = 'a@b.c'\nserver sip.b.c", "2", "expected"},
		{"a key twice", "server = 'a'\nserver = 'b'", "2", "server"},
		{"bad account", "\n\n\naccount = 'alice'", "4", "account: \"alice\" is wrong: expected a SIP address such as sip:alice@contoso.com"},
		{"bad transport", "transport = 'smtp'", "1", "transport: \"smtp\" is wrong: expected tls, tcp or udp"},
		{"bad server", "server = 'a b'", "1", "expected a host name or address"},
		{"bad account in capitals", "\nACCOUNT = 'alice'", "2", "account: \"alice\" is wrong"},
		{"bad port", "server = 'a:99999'", "1", "expected a host name or address"},
		{"bad xcap", "xcap = 'ftp://x'", "1", "expected a URL such as"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := configured(t, dir, c.content)
			_, err := Read(nil, home(dir))
			if err == nil {
				t.Fatal("nothing was wrong")
			}
			if got := err.Error(); !strings.HasPrefix(got, path+":"+c.line+": ") || !strings.Contains(got, c.expected) {
				t.Errorf("got %q\nwant %s:%s: … %s", got, path, c.line, c.expected)
			}
		})
	}
}

func TestMistakesOutsideTheFileAreNamedToo(t *testing.T) {
	for _, c := range []struct {
		flags map[string]string
		env   string
		want  string
	}{
		{map[string]string{"account": "bob"}, "", `--account: "bob" is wrong`},
		{map[string]string{"server": "x:0"}, "", `--server: "x:0" is wrong`},
		{map[string]string{"server": "::1::"}, "", `--server: "::1::" is wrong`},
		{nil, "GOLYNC_TRANSPORT=quic", `GOLYNC_TRANSPORT: "quic" is wrong: expected tls`},
		{map[string]string{"config": "/nowhere/config.toml"}, "", "the configuration cannot be read: open /nowhere/config.toml"},
		{nil, "GOLYNC_CONFIG=/nowhere/else.toml", "open /nowhere/else.toml"},
	} {
		_, err := Read(c.flags, home(t.TempDir(), c.env))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v %s: got %v, want %s", c.flags, c.env, err, c.want)
		}
	}
}

func TestServersAreTakenAsPeopleWriteThem(t *testing.T) {
	for _, server := range []string{"sip.contoso.com", "sip.contoso.com:5061", "127.0.0.1", "127.0.0.1:5060", "::1", "[::1]", "[::1]:5061", "localhost"} {
		if got, err := Read(map[string]string{"server": server}, home(t.TempDir())); err != nil || got.Server != server {
			t.Errorf("%s: %q, %v", server, got.Server, err)
		}
	}
}

func TestFilesStandWhereXDGSays(t *testing.T) {
	for _, c := range []struct {
		env               Env
		config, data, log string
	}{
		{home("/h"), "/h/.config/golync", "/h/.local/share/golync", "/h/.local/state/golync"},
		{home("/h", "XDG_CONFIG_HOME=/c", "XDG_DATA_HOME=/d", "XDG_STATE_HOME=/s"), "/c/golync", "/d/golync", "/s/golync"},
		{home("/h", "XDG_CONFIG_HOME=c", "XDG_DATA_HOME=./d", "XDG_STATE_HOME="), "/h/.config/golync", "/h/.local/share/golync", "/h/.local/state/golync"},
	} {
		if a, b, d := configDir(c.env), DataDir(c.env), StateDir(c.env); a != c.config || b != c.data || d != c.log {
			t.Errorf("got %s, %s, %s", a, b, d)
		}
	}
}

// Whatever stands in the file, reading it ends in settings or in an error that names the file.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{"account = 'a@b.c'", "[providers.skype]\ndomains = []", "a.b.c = 1", "[[user]]", "x = {y = [{z = 1}]}", "\x00", "account = \"\\x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if _, err := parse("config.toml", content); err != nil && !strings.HasPrefix(err.Error(), "config.toml:") {
			t.Errorf("%q: %v", content, err)
		}
	})
}
