package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestUsersOfTheLab(t *testing.T) {
	const dana = "[[user]]\naddress = \"dana@contoso.com\"\nname = \"Dana\"\npassword = \"one\"\n"
	const eve = "[[user]]\naddress = \"sip:eve@contoso.com\"\npassword = \"two\"\n"
	for _, c := range []struct {
		name, content, wrong string
		want                 []User
	}{
		{"two", dana + eve, "", []User{{"sip:dana@contoso.com", "Dana", "one"}, {"sip:eve@contoso.com", "", "two"}}},
		{"nobody", "", "there is nobody in it", nil},
		{"twice", dana + dana, "is there twice", nil},
		{"the same person in capitals", dana + strings.Replace(dana, "dana@", "DANA@", 1), "is there twice", nil},
		{"no password", "[[user]]\naddress = \"a@b.c\"", "has no password", nil},
		{"no address", "[[user]]\npassword = \"x\"", "user 1: address \"\"", nil},
		{"unknown key", dana + "mail = \"x\"", ":5: there is no setting \"user.mail\": expected address, name or password", nil},
		{"wrong type", "[[user]]\npassword = 5", ":2: user.password: expected text", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "users.toml")
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := Users(path)
			if c.want != nil {
				if err != nil || !reflect.DeepEqual(got, c.want) {
					t.Errorf("got %+v, %v", got, err)
				}
			} else if err == nil || !strings.HasPrefix(err.Error(), path) || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("got %v, want %s", err, c.wrong)
			}
		})
	}
	if _, err := Users("/nowhere"); err == nil {
		t.Error("a file that is not there was read")
	}
}
