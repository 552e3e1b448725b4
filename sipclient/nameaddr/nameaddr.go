// Package nameaddr writes SIP addresses and the names beside them in one way (RFC 3261 section 25.1,
// name-addr), so that two of them can be compared as text. It takes what came over the wire or out of our
// own lists; what a person types, with its many forms and mistakes, is read by package contacts, and a test
// here holds the two to the same result. It knows no header fields.
package nameaddr

import (
	"errors"
	"net/netip"
	"strings"

	"github.com/emiago/sipgo/sip"
)

// ErrAddress says that something is no SIP address of record.
var ErrAddress = errors.New("not a SIP address of the form sip:user@host")

// Longest bounds an address of record, in bytes. Longer ones are attacks or mistakes.
const Longest = 320

// Parse reads an address of record that the user or another part of golync gave. It returns the bare URI
// and the same as text; the error is ErrAddress.
func Parse(s string) (sip.Uri, string, error) {
	var u sip.Uri
	if err := sip.ParseUri(s, &u); err != nil {
		return u, "", ErrAddress
	}
	aor, ok := AOR(&u)
	if !ok {
		return u, "", ErrAddress
	}
	u = sip.Uri{}
	if err := sip.ParseUri(aor, &u); err != nil {
		return u, "", ErrAddress
	}
	return u, aor, nil
}

// AOR makes the canonical address of record of a URI, of at most Longest bytes: scheme "sip", the host in
// lower case, no password, port, parameters or headers, and percent-escapes undone where they mean the same
// without (RFC 3261 section 19.1.4). "sip:Bob%28contoso.com%29@MSN.com;transport=tcp" becomes
// "sip:Bob(contoso.com)@msn.com". It reports false, with an empty text, for anything else.
func AOR(u *sip.Uri) (string, bool) {
	if u.Scheme != "sip" && u.Scheme != "sips" || u.Raw() != "" || u.HierarhicalSlashes {
		return "", false
	}
	user, okUser := canonicalUser(u.User)
	host, okHost := canonicalHost(u.Host)
	if !okUser || !okHost || len("sip:@")+len(user)+len(host) > Longest {
		return "", false
	}
	return "sip:" + user + "@" + host, true
}

// canonicalUser undoes needless escapes and writes necessary ones with capital digits. An escaped reserved
// character stays escaped: it is another one than the bare (section 19.1.4).
func canonicalUser(user string) (string, bool) {
	const hex = "0123456789ABCDEF"
	for i := range len(user) {
		if user[i] != '%' && !unreserved(user[i]) && !reserved(user[i]) {
			return "", false
		}
	}
	if strings.IndexByte(user, '%') < 0 {
		return user, user != ""
	}
	var b strings.Builder
	for i := 0; i < len(user); i++ {
		c := user[i]
		if c != '%' {
			b.WriteByte(c)
			continue
		}
		if i+2 >= len(user) {
			return "", false
		}
		hi, lo := unhex(user[i+1]), unhex(user[i+2])
		if hi < 0 || lo < 0 {
			return "", false
		}
		c, i = byte(hi<<4|lo), i+2
		if unreserved(c) {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String(), true
}

// unreserved reports whether c means the same with and without an escape (section 25.1). Parentheses do, so
// a decorated Microsoft account needs none.
func unreserved(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("-_.!~*'()", c) >= 0
}

// reserved reports whether c may stand bare in the user part and means something else escaped (section
// 25.1, user-unreserved).
func reserved(c byte) bool { return strings.IndexByte("&=+$,;?/", c) >= 0 }

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

// canonicalHost accepts IP addresses, and host names in the letters of DNS.
func canonicalHost(host string) (string, bool) {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if ip, ok := strings.CutPrefix(host, "["); ok {
		addr, err := netip.ParseAddr(strings.TrimSuffix(ip, "]"))
		return "[" + addr.String() + "]", err == nil && addr.Is6() && addr.Zone() == ""
	}
	if host == "" || host[0] == '.' || strings.Contains(host, "..") {
		return "", false
	}
	for i := range len(host) {
		c := host[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && c != '-' && c != '.' && c != '_' {
			return "", false
		}
	}
	return host, true
}
