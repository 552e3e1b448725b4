// Package config finds out how golync is to run: from the command line, from the environment and from a
// TOML file, in this order of precedence; where files belong (XDG base directories); where the password
// comes from; and where the log goes. It keeps no password, and knows neither network nor screen.
//
// Every error says where the wrong value stands (flag, variable, or file and line), and what was expected.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golync/contacts"
)

// Settings are what the user configured. Empty means not configured.
type Settings struct {
	Account   contacts.Address // who signs in
	Server    string           // host or host:port
	Transport string           // "tls", "tcp" or "udp"
	Password  Password
	CA        string // file with certificates to trust besides the system's, PEM
	XCAP      string // root URL, http or https
	Data      string // directory of all accounts' data; never empty
	Providers contacts.Providers
	ASCII     bool                // no sign outside ASCII
	File      string              // the configuration that was read, or would have been if it were there
	Keys      map[string][]string // the user's own keys, by SCOPE.ACTION; nothing here knows which ones there are

	path, content string // of the file, for KeyError
}

// KeyError says of a mistake in Keys where it stands.
func (s Settings) KeyError(action, says string) error {
	f := file{path: s.path, content: s.content}
	return fmt.Errorf("%s: %s", f.where("keys", action), says)
}

// Env looks up an environment variable; os.Getenv is one.
type Env func(name string) string

// option is a setting that may come from everywhere.
type option struct {
	flag, env string
	value     func(*file) *text                 // where the file has it
	set       func(s *Settings, v string) error // checks and keeps it; the error says what is expected
}

var options = []option{
	{"account", "GOLYNC_ACCOUNT", func(f *file) *text { return &f.Account }, setAccount},
	{"server", "GOLYNC_SERVER", func(f *file) *text { return &f.Server }, setServer},
	{"transport", "GOLYNC_TRANSPORT", func(f *file) *text { return &f.Transport }, setTransport},
	{"password-command", "GOLYNC_PASSWORD_COMMAND", func(f *file) *text { return &f.PasswordCommand }, setPasswordCommand},
	{"password-file", "GOLYNC_PASSWORD_FILE", func(f *file) *text { return &f.PasswordFile }, setPasswordFile},
	{"ca", "GOLYNC_CA", func(f *file) *text { return &f.CA }, func(s *Settings, v string) error { s.CA = v; return nil }},
	{"xcap", "GOLYNC_XCAP", func(f *file) *text { return &f.XCAP }, setXCAP},
	{"data", "GOLYNC_DATA", func(f *file) *text { return &f.Data }, func(s *Settings, v string) error { s.Data = v; return nil }},
}

// Read puts the settings together. flags are those given on the command line, by name without dashes;
// "config" names the file, which must then exist.
func Read(flags map[string]string, env Env) (Settings, error) {
	f, err := readFile(flags, env)
	if err != nil {
		return Settings{}, err
	}
	s := Settings{Data: DataDir(env), Providers: f.providers(), File: f.path, ASCII: bool(f.ASCII), Keys: f.Keys.all()}
	if s.Keys != nil {
		s.path, s.content = f.path, f.content
	}
	ranks := map[string]int{}
	for _, o := range options {
		v, where, rank := o.find(flags, env, f)
		if v == "" {
			continue
		}
		if err := o.set(&s, v); err != nil {
			return Settings{}, fmt.Errorf("%s: %q is wrong: expected %w", where, v, err)
		}
		ranks[o.flag] = rank
	}
	return s, s.Password.choose(ranks["password-file"], ranks["password-command"], f.path)
}

// Ranks of the places a value comes from.
const (
	fromFile = iota + 1
	fromEnv
	fromFlag
)

// find returns the value that counts, with the name of its place for errors.
func (o option) find(flags map[string]string, env Env, f *file) (v, where string, rank int) {
	if v, ok := flags[o.flag]; ok {
		return v, "--" + o.flag, fromFlag
	}
	if v := env(o.env); v != "" {
		return v, o.env, fromEnv
	}
	key := strings.ReplaceAll(o.flag, "-", "_")
	if v := string(*o.value(f)); v != "" {
		return f.expand(key, v, env), f.where(key), fromFile
	}
	return "", "", 0
}

// readFile reads the configuration file, if there is one.
func readFile(flags map[string]string, env Env) (*file, error) {
	path, given := flags["config"]
	if !given {
		path = env("GOLYNC_CONFIG")
	}
	must := path != ""
	if !must {
		path = filepath.Join(configDir(env), "config.toml")
	}
	content, err := os.ReadFile(path)
	if !must && errors.Is(err, fs.ErrNotExist) {
		return &file{path: path}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the configuration cannot be read: %w", err)
	}
	return parse(path, string(content))
}

func setAccount(s *Settings, v string) (err error) {
	if s.Account, err = contacts.ParseAddress(v); err != nil {
		return fmt.Errorf("a SIP address such as sip:alice@contoso.com (%w)", err)
	}
	return nil
}

func setServer(s *Settings, v string) error {
	expected := errors.New("a host name or address, with a port or without, such as sip.contoso.com:5061")
	host, port := v, ""
	if h, p, err := net.SplitHostPort(v); err == nil {
		host, port = h, p
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return expected
		}
	} else {
		host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	}
	if host == "" || strings.ContainsAny(host, " /@\t\r\n") || strings.Contains(host, ":") && net.ParseIP(host) == nil {
		return expected
	}
	s.Server = v
	return nil
}

func setTransport(s *Settings, v string) error {
	s.Transport = strings.ToLower(v)
	switch s.Transport {
	case "tls", "tcp", "udp":
		return nil
	}
	return errors.New("tls, tcp or udp")
}

func setXCAP(s *Settings, v string) error {
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return errors.New("a URL such as https://xcap.contoso.com/xcap-root")
	}
	s.XCAP = v
	return nil
}

func setPasswordCommand(s *Settings, v string) error { s.Password.Command = v; return nil }

func setPasswordFile(s *Settings, v string) error { s.Password.File = v; return nil }
