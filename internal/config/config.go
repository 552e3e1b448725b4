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
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golync/contacts"
)

// Settings are what the user configured. Empty means not configured.
type Settings struct {
	Account   contacts.Address // who signs in
	Name      string           // what others are told the user is called
	Server    string           // host or host:port
	Transport string           // "tls", "tcp" or "udp"
	Password  Password
	CA        string // file with certificates to trust besides the system's, PEM
	XCAP      string // root URL, http or https
	Data      string // directory of all accounts' data; never empty
	// Microphone and Loudspeaker are what calls use where the user has chosen no device: "none", "wav:PATH",
	// "pipe:PROGRAM ARGUMENTS", or a device of the sound server; "" is its default.
	Microphone, Loudspeaker string
	Providers               contacts.Providers
	ASCII                   bool                // no sign outside ASCII
	File                    string              // the configuration that was read, or would have been if it were there
	Keys                    map[string][]string // the user's own keys, by SCOPE.ACTION; nothing here knows which ones there are

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
	flag, env string                            // env without its prefix
	value     func(*file, *login) *text         // where the file has it
	set       func(s *Settings, v string) error // checks and keeps it; the error says what is expected
}

var options = []option{
	{"account", "ACCOUNT", func(_ *file, l *login) *text { return &l.Account }, setAccount},
	{"display-name", "DISPLAY_NAME", func(_ *file, l *login) *text { return &l.Name }, setName},
	{"server", "SERVER", func(_ *file, l *login) *text { return &l.Server }, setServer},
	{"transport", "TRANSPORT", func(_ *file, l *login) *text { return &l.Transport }, setTransport},
	{"password-command", "PASSWORD_COMMAND", func(_ *file, l *login) *text { return &l.PasswordCommand }, setPasswordCommand},
	{"password-file", "PASSWORD_FILE", func(_ *file, l *login) *text { return &l.PasswordFile }, setPasswordFile},
	{"ca", "CA", func(_ *file, l *login) *text { return &l.CA }, func(s *Settings, v string) error { s.CA = v; return nil }},
	{"xcap", "XCAP", func(_ *file, l *login) *text { return &l.XCAP }, setXCAP},
	{"data", "DATA", func(f *file, _ *login) *text { return &f.Data }, func(s *Settings, v string) error { s.Data = v; return nil }},
}

// side is whose window it is: where its settings stand.
type side struct {
	skype  bool
	prefix string               // of its variables
	login  func(f *file) *login // its table of the file
	table  []string             // the name of that
}

var (
	lyncSide  = side{prefix: "GOLYNC_", login: func(f *file) *login { return &f.login }}
	skypeSide = side{skype: true, prefix: "GOLYNC_SKYPE_", login: func(f *file) *login { return &f.Skype }, table: []string{"skype"}}
)

// Read puts the settings together. flags are those given on the command line, by name without dashes;
// "config" names the file, which must then exist.
func Read(flags map[string]string, env Env) (Settings, error) { return lyncSide.read(flags, env) }

// ReadSkype is Read for the Skype user's window. The account and its server stand in a table of their own,
// [skype], and in variables of their own, GOLYNC_SKYPE_...; the account is a Microsoft account. The data are
// kept apart from the Lync user's, in the directory skype of theirs.
func ReadSkype(flags map[string]string, env Env) (Settings, error) {
	s, err := skypeSide.read(flags, env)
	s.Data = filepath.Join(s.Data, "skype")
	return s, err
}

func (d side) read(flags map[string]string, env Env) (Settings, error) {
	f, err := readFile(flags, env)
	if err != nil {
		return Settings{}, err
	}
	s := Settings{Data: DataDir(env), Providers: f.providers(), File: f.path, ASCII: bool(f.ASCII), Keys: f.Keys.all()}
	s.Microphone, s.Loudspeaker = string(f.Microphone), string(f.Loudspeaker)
	if s.Keys != nil {
		s.path, s.content = f.path, f.content
	}
	ranks := map[string]int{}
	for _, o := range options {
		v, where, rank := o.find(d, flags, env, f)
		if v == "" {
			continue
		}
		set := o.set
		if d.skype && o.flag == "account" {
			set = setMicrosoftAccount
		}
		if err := set(&s, v); err != nil {
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
func (o option) find(d side, flags map[string]string, env Env, f *file) (v, where string, rank int) {
	if v, ok := flags[o.flag]; ok {
		return v, "--" + o.flag, fromFlag
	}
	name := d.prefix + o.env
	if o.flag == "data" {
		name = lyncSide.prefix + o.env // everybody's
	}
	if v := env(name); v != "" {
		return v, name, fromEnv
	}
	key := strings.ReplaceAll(o.flag, "-", "_")
	if v := string(*o.value(f, d.login(f))); v != "" {
		path := []string{key}
		if o.flag != "data" {
			path = append(slices.Clone(d.table), key)
		}
		return f.expand(key, v, env), f.where(path...), fromFile
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

// longestOwnName bounds what the user is called, in characters. Servers refuse header fields without end.
const longestOwnName = 64

func setName(s *Settings, v string) error {
	s.Name = strings.TrimSpace(v)
	if s.Name == "" || utf8.RuneCountInString(s.Name) > longestOwnName || strings.ContainsFunc(s.Name, unicode.IsControl) {
		return fmt.Errorf("a name such as \"Bob Smith\", of at most %d characters", longestOwnName)
	}
	return nil
}

// setMicrosoftAccount keeps the address with which a Microsoft account signs in.
func setMicrosoftAccount(s *Settings, v string) error {
	r, err := s.Providers.SignInAs(v)
	if err != nil {
		return fmt.Errorf("a Microsoft account such as bob@contoso.com (%w)", err)
	}
	s.Account = r.Address
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
