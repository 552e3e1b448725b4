package config

import "fmt"

// keys is the table [keys]: the keys of each action, "window.find" = ["/", "ctrl+f"].
type keys map[string]keyNames

// keyNames are the keys of one action.
type keyNames []string

// UnmarshalTOML takes a decoded value. A table is what TOML makes of a name with a dot and without quotes.
func (k *keyNames) UnmarshalTOML(value any) error {
	list, ok := value.([]any)
	if _, table := value.(map[string]any); table {
		return fmt.Errorf("expected the whole name in quotes, such as \"window.find\" = [\"ctrl+f\"]")
	}
	if !ok {
		return fmt.Errorf("expected a list of keys, such as [\"ctrl+f\", \"/\"], not %v", value)
	}
	for _, item := range list {
		name, ok := item.(string)
		if !ok {
			return fmt.Errorf("expected a key in quotes, such as \"ctrl+f\", not %v", item)
		}
		*k = append(*k, name)
	}
	return nil
}

// all is the table without the types that only reading needs; nil when there is nothing in it.
func (k keys) all() map[string][]string {
	if len(k) == 0 {
		return nil
	}
	names := make(map[string][]string, len(k))
	for action, list := range k {
		names[action] = list
	}
	return names
}
