package config

import (
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"github.com/BurntSushi/toml"

	"golync/contacts"
)

// User is an account of the lab, as a users file has it.
type User struct {
	Address  contacts.Address
	Name     string
	Password string            // empty when HA1 is given
	HA1      map[string]string // digests instead of the password, by algorithm (RFC 7616 section 3.4.2)
}

// digests are the keys of a users file that take the place of the password: algorithm and length in hex of each.
var digests = []struct {
	key, algorithm string
	length         int
}{{"ha1", "MD5", 32}, {"ha1_sha256", "SHA-256", 64}}

// Users reads a users file: one [[user]] table each, with address, name, and either the password or digests of
// it, all but the name required.
func Users(path string) ([]User, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the users file cannot be read: %w", err)
	}
	var f struct {
		User []struct {
			Address  text `toml:"address"`
			Name     text `toml:"name"`
			Password text `toml:"password"`
			HA1      text `toml:"ha1"`
			SHA256   text `toml:"ha1_sha256"`
		} `toml:"user"`
	}
	if err := listed(path, string(content)); err != nil {
		return nil, err
	}
	if err := decode(path, string(content), &f); err != nil {
		return nil, err
	}
	if len(f.User) == 0 {
		return nil, fmt.Errorf("%s: there is nobody in it: expected [[user]] with address, name and password or ha1", path)
	}
	users := make([]User, len(f.User))
	seen := map[contacts.Address]bool{}
	for i, u := range f.User {
		address, err := contacts.ParseAddress(string(u.Address))
		if err != nil {
			return nil, fmt.Errorf("%s: user %d: address %q: %w", path, i+1, string(u.Address), err)
		}
		ha1, err := hashed(string(u.HA1), string(u.SHA256))
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s: user %d: %s: %w", path, i+1, address, err)
		case u.Password == "" && ha1 == nil:
			return nil, fmt.Errorf("%s: user %d: %s has no password and no ha1", path, i+1, address)
		case u.Password != "" && ha1 != nil:
			return nil, fmt.Errorf("%s: user %d: %s has a password and a ha1: expected one of them", path, i+1, address)
		}
		if seen[address.Folded()] {
			return nil, fmt.Errorf("%s: user %d: %s is there twice", path, i+1, address)
		}
		seen[address.Folded()] = true
		users[i] = User{address, string(u.Name), string(u.Password), ha1}
	}
	return users, nil
}

// listed says in words what the decoder has only words of its own for: one table instead of a list of them.
func listed(path, content string) error {
	var f map[string]any
	if _, err := toml.Decode(content, &f); err != nil {
		return nil // decode says where it is wrong
	}
	switch f["user"].(type) {
	case nil, []map[string]any:
		return nil
	case []any:
		return nil // inline tables, or what decode has words for
	}
	return fmt.Errorf("%s:%d: user is a list of tables: expected [[user]] for each person", path, lineOfTable(content, "user"))
}

// lineOfTable finds where a table, or a key at the top, begins; 1 when that is not seen.
func lineOfTable(content, name string) int {
	for i, line := range strings.Split(content, "\n") {
		if line = strings.TrimLeft(line, " \t[\"'"); strings.HasPrefix(line, name) {
			return i + 1
		}
	}
	return 1
}

// hashed checks digests, in the order of the keys; nil when there are none.
func hashed(values ...string) (map[string]string, error) {
	var all map[string]string
	for i, d := range digests {
		v := strings.ToLower(strings.TrimSpace(values[i]))
		if v == "" {
			continue
		}
		if raw, err := hex.DecodeString(v); err != nil || 2*len(raw) != d.length {
			return nil, fmt.Errorf("%s: expected %d hexadecimal digits: the %s of user:domain:password, as golync lab user makes it", d.key, d.length, d.algorithm)
		}
		if all == nil {
			all = map[string]string{}
		}
		all[d.algorithm] = v
	}
	return all, nil
}
