package contacts

import (
	"net/netip"
	"strings"
	"unicode/utf8"
)

// canonical reports whether s is an address already in its final form, of the common sort: no escapes,
// no IP address. It is what makes reading ten thousand presence events cheap; whoever fails it goes the
// long way and comes to the same result.
func canonical(s string) bool {
	if len(s) > 4+64 || !strings.HasPrefix(s, "sip:") {
		return false
	}
	at := strings.IndexByte(s, '@')
	if at < 5 {
		return false
	}
	for i := 4; i < at; i++ {
		if !unreserved(s[i]) {
			return false
		}
	}
	label, letter := 0, false
	for i := at + 1; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z':
			label, letter = label+1, true
		case c >= '0' && c <= '9', c == '-' && label > 0 && i+1 < len(s) && s[i+1] != '.':
			label++
		case c == '.' && label > 0 && i+1 < len(s):
			label, letter = 0, false
		default:
			return false
		}
	}
	return letter
}

// withoutScheme takes "sip:" or "sips:" away and refuses other schemes.
func withoutScheme(s string) (string, error) {
	for _, scheme := range []string{"sip:", "sips:", "im:", "pres:"} {
		if len(s) >= len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
			return s[len(scheme):], nil
		}
	}
	if len(s) > 4 && strings.EqualFold(s[:4], "tel:") {
		return "", ErrPhoneNumber
	}
	if i := strings.IndexByte(s, ':'); i > 0 && !strings.ContainsAny(s[:i], "@([") {
		return "", ErrScheme
	}
	return s, nil
}

// split finds user and host of a SIP URI without its scheme. The user part may hold ';', '?' and '/'
// (RFC 3261 section 25.1, user-unreserved), so the last @ before the headers divides.
func split(s string) (user, host string, err error) {
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		if phoneNumber(s) {
			return "", "", ErrPhoneNumber
		}
		return "", "", ErrNoDomain
	}
	if first := strings.IndexByte(s, '@'); first != at {
		// A second @ can only stand in parameters or headers; a raw one in a user part is how
		// ceo@corp.example@evil.example passes for somebody at corp.example.
		tail := strings.IndexAny(s[first:], ";?")
		if tail < 0 || first+tail > at {
			return "", "", ErrUser
		}
		at = first
	}
	user, host = s[:at], s[at+1:]
	if i := strings.IndexAny(host, ";?"); i >= 0 {
		host = host[:i]
	}
	if i := strings.IndexByte(user, ':'); i >= 0 {
		user = user[:i] // a password, which RFC 3261 section 19.1.1 advises against
	}
	if user == "" {
		return "", "", ErrNoUser
	}
	return user, host, nil
}

// phoneNumber reports whether s is what people take for a phone number.
func phoneNumber(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+-./() #*", r):
			return false
		}
	}
	return digits >= 3
}

// parseHost makes a domain name, an IPv4 address or an IPv6 reference canonical, without its port.
func parseHost(s string) (string, error) {
	if rest, ok := strings.CutPrefix(s, "["); ok {
		inner, port, ok := strings.Cut(rest, "]")
		ip, err := netip.ParseAddr(inner)
		if !ok || err != nil || !ip.Is6() || ip.Zone() != "" || port != "" && !portSuffix(port) {
			return "", ErrHost
		}
		return "[" + ip.String() + "]", nil
	}
	if i := strings.IndexByte(s, ':'); i >= 0 {
		if !portSuffix(s[i:]) {
			return "", ErrHost
		}
		s = s[:i]
	}
	if ip, err := netip.ParseAddr(s); err == nil && ip.Is4() {
		return ip.String(), nil
	}
	return domain(s)
}

func portSuffix(s string) bool {
	if len(s) < 2 || len(s) > 6 || s[0] != ':' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

const hexDigits = "0123456789ABCDEF"

// parseUser checks the user part and brings its escapes to one form: characters that may stand as they
// are do, everything else is escaped, letters outside ASCII as UTF-8.
func parseUser(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", ErrUser
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		escaped := c == '%'
		if escaped {
			v, ok := unhex(s, i)
			if !ok {
				return "", ErrUser
			}
			c, i = v, i+2
		}
		switch {
		case unreserved(c), !escaped && userUnreserved(c):
			b.WriteByte(c)
		case escaped, c >= 0x80:
			b.WriteByte('%')
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
		default:
			return "", ErrUser
		}
	}
	return b.String(), nil
}

func unhex(s string, i int) (byte, bool) {
	if i+2 >= len(s) {
		return 0, false
	}
	hi, lo := hexValue(s[i+1]), hexValue(s[i+2])
	return hi<<4 | lo, hi < 16 && lo < 16
}

func hexValue(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 255
}

// unreserved is RFC 3261 section 25.1, parentheses included: they make decorated addresses possible.
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.!~*'()", c) >= 0
}

func userUnreserved(c byte) bool { return strings.IndexByte("&=+$,;?/", c) >= 0 }
