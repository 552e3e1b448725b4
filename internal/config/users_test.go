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
	md5 := "[[user]]\naddress = \"sip:fred@contoso.com\"\nha1 = \"" + strings.Repeat("0A", 16) + "\"\n"
	sha := "[[user]]\naddress = \"sip:gina@fabrikam.com\"\nha1_sha256 = \"" + strings.Repeat("1b", 32) + "\"\n"
	for _, c := range []struct {
		name, content, wrong string
		want                 []User
	}{
		{"two", dana + eve, "", []User{{"sip:dana@contoso.com", "Dana", "one", nil}, {"sip:eve@contoso.com", "", "two", nil}}},
		{"digests", md5 + sha, "", []User{{"sip:fred@contoso.com", "", "", map[string]string{"MD5": strings.Repeat("0a", 16)}}, {"sip:gina@fabrikam.com", "", "", map[string]string{"SHA-256": strings.Repeat("1b", 32)}}}},
		{"a digest that is none", strings.Replace(md5, "0A", "0", 1), "user 1: sip:fred@contoso.com: ha1: expected 32 hexadecimal digits", nil},
		{"a digest of the other kind", strings.Replace(md5, "ha1", "ha1_sha256", 1), "ha1_sha256: expected 64 hexadecimal digits", nil},
		{"a digest and a password", md5 + "password = \"x\"", "has a password and a ha1: expected one of them", nil},
		{"nobody", "", "there is nobody in it", nil},
		{"a single table", "# people\n" + strings.Replace(dana, "[[user]]", "[user]", 1), ":2: user is a list of tables: expected [[user]] for each person", nil},
		{"no table at all", "user = 5\n", ":1: user is a list of tables: expected [[user]]", nil},
		{"twice", dana + dana, "is there twice", nil},
		{"the same person in capitals", dana + strings.Replace(dana, "dana@", "DANA@", 1), "is there twice", nil},
		{"no password", "[[user]]\naddress = \"a@b.c\"", "has no password", nil},
		{"no address", "[[user]]\npassword = \"x\"", "user 1: address \"\"", nil},
		{"unknown key", dana + "mail = \"x\"", ":5: there is no setting \"user.mail\": expected address, name, password, ha1 or ha1_sha256", nil},
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
