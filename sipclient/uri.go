package sipclient

import (
	"errors"
	"net/netip"
	"strings"
	"unicode/utf8"

	"github.com/emiago/sipgo/sip"
)

// errAddress says that something is no SIP address of record.
var errAddress = errors.New("not a SIP address of the form sip:user@host")

// maxAddress bounds an address of record, in bytes. Longer ones are attacks or mistakes.
const maxAddress = 320

// parseAddress reads an address of record that the user or another part of golync gave.
func parseAddress(s string) (sip.Uri, string, error) {
	var u sip.Uri
	if err := sip.ParseUri(s, &u); err != nil {
		return u, "", errAddress
	}
	aor, ok := addressOf(&u)
	if !ok {
		return u, "", errAddress
	}
	u = sip.Uri{}
	if err := sip.ParseUri(aor, &u); err != nil {
		return u, "", errAddress
	}
	return u, aor, nil
}

// addressOf makes the canonical address of record of a URI: scheme "sip", the host in lower case, no
// password, port, parameters or headers, and percent-escapes undone where they are not needed (RFC 3261
// section 19.1.4 calls such URIs equal). "sip:Bob%28contoso.com%29@MSN.com;transport=tcp" becomes
// "sip:Bob(contoso.com)@msn.com".
func addressOf(u *sip.Uri) (string, bool) {
	if u.Scheme != "sip" && u.Scheme != "sips" || u.Raw() != "" || u.HierarhicalSlashes {
		return "", false
	}
	user, ok := canonicalUser(u.User)
	host := strings.ToLower(strings.TrimSuffix(u.Host, "."))
	if !ok || user == "" || !validHost(host) {
		return "", false
	}
	aor := "sip:" + user + "@" + host
	return aor, len(aor) <= maxAddress
}

// canonicalUser undoes needless escapes and writes necessary ones with capital digits.
func canonicalUser(user string) (string, bool) {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(user); i++ {
		c := user[i]
		if c == '%' {
			if i+2 >= len(user) {
				return "", false
			}
			hi, lo := unhex(user[i+1]), unhex(user[i+2])
			if hi < 0 || lo < 0 {
				return "", false
			}
			c, i = byte(hi<<4|lo), i+2
		} else if !userByte(c) {
			return "", false
		}
		if userByte(c) {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String(), true
}

// userByte reports whether c may stand in the user part as it is (RFC 3261 section 25.1: unreserved and
// user-unreserved). Parentheses may, so a decorated Microsoft account needs no escape.
func userByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' ||
		strings.IndexByte("-_.!~*'()&=+$,;?/", c) >= 0
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// validHost accepts host names in the letters of DNS and addresses.
func validHost(host string) bool {
	if ip, ok := strings.CutPrefix(host, "["); ok {
		_, err := netip.ParseAddr(strings.TrimSuffix(ip, "]"))
		return err == nil
	}
	if host == "" || host[0] == '.' || strings.Contains(host, "..") {
		return false
	}
	for i := range len(host) {
		c := host[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && c != '-' && c != '.' && c != '_' {
			return false
		}
	}
	return true
}

// quoteName escapes a display name for the inside of a quoted string: sipgo writes it between quotes as
// it is, so an unescaped quote would end it and the rest would become header fields.
func quoteName(name string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.ToValidUTF8(name, "\uFFFD"))
}

// unquoteName undoes the escapes that sipgo leaves in a display name it has read.
func unquoteName(name string) string {
	if strings.IndexByte(name, '\\') < 0 {
		return name
	}
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if name[i] == '\\' && i+1 < len(name) {
			i++
		}
		b.WriteByte(name[i])
	}
	return b.String()
}

// headerText makes free text fit for a header field: one line, valid UTF-8, no control characters, at
// most limit bytes.
func headerText(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	for len(s) > limit {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return strings.TrimSpace(s)
}
