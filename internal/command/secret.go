package command

import (
	"fmt"
	"io"
	"strings"

	"golync/internal/lab"
)

// Secret prints the table of a users file for somebody, with digests instead of the password: whoever reads the
// file can then sign in here as that person, but does not learn what the person may use elsewhere too.
func Secret(out io.Writer, address, password string) error {
	aor, ha1, err := lab.Secret(address, password)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "[[user]]\naddress = %q\nha1 = %q\nha1_sha256 = %q\n", aor, ha1["MD5"], ha1["SHA-256"])
	_, err = io.WriteString(out, b.String())
	return err
}
