package config

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// What docs/configuration.md shows is read without a complaint, and it leaves no setting out.
func TestTheConfigurationPageIsTrue(t *testing.T) {
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(page), "```toml\n")[1:]
	all := ""
	for _, b := range blocks {
		b, _, _ = strings.Cut(b, "```")
		all += b
	}
	f, err := parse("configuration.md", all)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []any{file{}, login{}, publicProvider{}} {
		for field := range fields(reflect.TypeOf(table)) {
			if !strings.Contains(all, field) {
				t.Errorf("%s is not explained", field)
			}
		}
	}
	if f.Account == "" || f.Skype.Account == "" || f.Providers.Skype.Name == "" {
		t.Errorf("read is %+v", f)
	}
}

// fields are the keys of a table.
func fields(t reflect.Type) map[string]bool {
	all := map[string]bool{}
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("toml"); key != "" {
			all[key] = true
		}
	}
	return all
}
