package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
)

// file is config.toml. Every key is optional.
type file struct {
	login
	Skype login `toml:"skype"` // of golync skype
	Data  text  `toml:"data"`

	Microphone  text `toml:"microphone"`
	Loudspeaker text `toml:"loudspeaker"`
	ASCII       yes  `toml:"ascii"`
	Keys        keys `toml:"keys"`
	Providers   struct {
		Skype publicProvider `toml:"skype"`
	} `toml:"providers"`

	path, content string
}

// login is an account and where it signs in.
type login struct {
	Account         text `toml:"account"`
	Name            text `toml:"display_name"`
	Server          text `toml:"server"`
	Transport       text `toml:"transport"`
	PasswordFile    text `toml:"password_file"`
	PasswordCommand text `toml:"password_command"`
	CA              text `toml:"ca"`
	XCAP            text `toml:"xcap"`
}

// text is a string that says what was expected when it finds something else.
type text string

// UnmarshalTOML takes a decoded value.
func (t *text) UnmarshalTOML(value any) error {
	s, ok := value.(string)
	if !ok {
		return fmt.Errorf("expected text in quotes, not %v", value)
	}
	*t = text(s)
	return nil
}

// yes is true or false.
type yes bool

// UnmarshalTOML takes a decoded value.
func (y *yes) UnmarshalTOML(value any) error {
	b, ok := value.(bool)
	if !ok {
		return fmt.Errorf("expected true or false, not %v", value)
	}
	*y = yes(b)
	return nil
}

// parse reads the text of a configuration file. Keys that nothing reads are errors: they are mistyped.
func parse(path, content string) (*file, error) {
	f := &file{path: path, content: content}
	return f, decode(path, content, f)
}

// decode reads a TOML text into v and turns every error into FILE:LINE: KEY: what was expected.
func decode(path, content string, v any) error {
	md, err := toml.Decode(content, v)
	var bad toml.ParseError
	if errors.As(err, &bad) {
		key := ""
		if bad.LastKey != "" {
			key = bad.LastKey + ": "
		}
		line := bad.Position.Line
		if line == 0 { // as of a value that dots have made a table
			line = lineOf(content, strings.Split(bad.LastKey, "."))
		}
		return fmt.Errorf("%s:%d: %s%s", path, line, key, bad.Message)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, key := range md.Undecoded() {
		return fmt.Errorf("%s:%d: there is no setting %q: expected %s", path, lineOf(content, key), key, expectedInstead(key))
	}
	return nil
}

// expectedInstead says which keys there are beside an unknown one.
func expectedInstead(key toml.Key) string {
	switch last := key[len(key)-1]; {
	case last == "password":
		return "password_file or password_command; a password is never kept in the configuration"
	case len(key) > 2 && key[0] == "providers":
		return "name, glyph, decoration_domain or domains"
	case len(key) > 1 && key[0] == "providers":
		return "skype"
	case len(key) > 1 && key[0] == "skype":
		return "account, display_name, server, transport, password_file, password_command, ca or xcap"
	case key[0] == "user":
		return "address, name, password, ha1 or ha1_sha256"
	}
	return "account, display_name, server, transport, password_file, password_command, ca, xcap, data, ascii, [keys], [skype] or [providers.skype]"
}

// lineOf finds the line in which a key stands, 0 when there is none. The decoder knows where its values
// stand, but tells it only in errors: so one is provoked. In arrays of tables it has lost it; there the
// first line that begins with the key has to do.
func lineOf(content string, path toml.Key) int {
	var table map[string]toml.Primitive
	md, err := toml.Decode(content, &table)
	for ; err == nil && len(path) > 1; path = path[1:] {
		value := valueOf(table, path[0])
		table = nil
		err = md.PrimitiveDecode(value, &table)
	}
	key := path[len(path)-1]
	var at toml.ParseError
	if errors.As(md.PrimitiveDecode(valueOf(table, key), &nothing{}), &at) && at.Position.Line > 0 {
		return at.Position.Line
	}
	for i, line := range strings.Split(content, "\n") {
		before, _, ok := strings.Cut(line, "=")
		if before = strings.ToLower(strings.Trim(before, " \t\"'")); ok && strings.HasPrefix(before+".", strings.ToLower(key)+".") {
			return i + 1
		}
	}
	return 0
}

// valueOf finds a key as the decoder does, whatever its case.
func valueOf(table map[string]toml.Primitive, key string) (value toml.Primitive) {
	for k, v := range table {
		if strings.EqualFold(k, key) {
			value = v
		}
	}
	return value
}

// nothing takes no value at all.
type nothing struct{}

// UnmarshalTOML refuses.
func (*nothing) UnmarshalTOML(any) error { return errors.New("here") }

// where names the place of a key for errors.
func (f *file) where(key ...string) string {
	return fmt.Sprintf("%s:%d: %s", f.path, lineOf(f.content, key), key[len(key)-1])
}

// expand makes paths in the file independent of where golync is started: they begin at the file's own
// directory, or at home with "~/".
func (f *file) expand(key, v string, env Env) string {
	switch key {
	case "password_file", "ca", "data":
	default:
		return v
	}
	if rest, ok := strings.CutPrefix(v, "~/"); ok {
		return filepath.Join(env("HOME"), rest)
	}
	if !filepath.IsAbs(v) {
		return filepath.Join(filepath.Dir(f.path), v)
	}
	return v
}
