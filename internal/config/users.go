package config

import (
	"fmt"
	"os"

	"golync/contacts"
)

// User is an account of the lab, as a users file has it.
type User struct {
	Address  contacts.Address
	Name     string
	Password string
}

// Users reads a users file: one [[user]] table each, with address, name and password, all but the name
// required.
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
		} `toml:"user"`
	}
	if err := decode(path, string(content), &f); err != nil {
		return nil, err
	}
	if len(f.User) == 0 {
		return nil, fmt.Errorf("%s: there is nobody in it: expected [[user]] with address, name and password", path)
	}
	users := make([]User, len(f.User))
	seen := map[contacts.Address]bool{}
	for i, u := range f.User {
		address, err := contacts.ParseAddress(string(u.Address))
		if err != nil {
			return nil, fmt.Errorf("%s: user %d: address %q: %w", path, i+1, string(u.Address), err)
		}
		if u.Password == "" {
			return nil, fmt.Errorf("%s: user %d: %s has no password", path, i+1, address)
		}
		if seen[address.Folded()] {
			return nil, fmt.Errorf("%s: user %d: %s is there twice", path, i+1, address)
		}
		seen[address.Folded()] = true
		users[i] = User{address, string(u.Name), string(u.Password)}
	}
	return users, nil
}
