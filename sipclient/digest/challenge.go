// Package digest answers and makes HTTP Digest challenges as SIP uses them (RFC 8760, RFC 7616, RFC 3261
// section 22): it chooses among several challenges, reuses a nonce with a rising count, and verifies
// answers for the lab. It performs no I/O and holds passwords no longer than a call.
package digest

import (
	"errors"
	"slices"
	"strings"
)

// Challenge is one digest challenge of a WWW-Authenticate or Proxy-Authenticate header (RFC 7616
// section 3.3). Realm, nonce and opaque are unescaped.
type Challenge struct {
	Realm     string
	Nonce     string
	Opaque    string
	Algorithm string // as written: "MD5", "SHA-256", "MD5-sess", ...; empty means MD5
	QOP       string // the one that will be used: "auth", "auth-int", or "" for RFC 2069
	Stale     bool   // the nonce was too old, the password right
}

// ErrNoChallenge says that no challenge can be answered: none is Digest, or none has a known algorithm.
var ErrNoChallenge = errors.New("the server offers no way of signing in that golync knows")

// strength orders the algorithms, strongest first; the server's own order decides among equals
// (RFC 8760 section 2.4 lets the client prefer).
var strength = []string{"sha-512-256", "sha-256", "md5"}

// Choose takes the values of all challenge headers of a response and returns the best challenge that can
// be answered. Other schemes (NTLM, Kerberos, AKA) are skipped.
func Choose(values []string) (Challenge, error) {
	var best Challenge
	rank := len(strength)
	for _, value := range values {
		for _, c := range Parse(value) {
			if r := slices.Index(strength, base(c.Algorithm)); r >= 0 && r < rank {
				best, rank = c, r
			}
		}
	}
	if rank == len(strength) {
		return Challenge{}, ErrNoChallenge
	}
	return best, nil
}

// Parse returns the digest challenges in one header value, which may hold several of several schemes.
// What cannot be answered for lack of a nonce or of a known quality of protection is left out.
func Parse(value string) []Challenge {
	var all []Challenge
	for _, s := range schemes(value) {
		if !strings.EqualFold(s.name, "Digest") {
			continue
		}
		c := Challenge{
			Realm: s.params["realm"], Nonce: s.params["nonce"], Opaque: s.params["opaque"],
			Algorithm: s.params["algorithm"], Stale: strings.EqualFold(s.params["stale"], "true"),
		}
		offered, hasQOP := s.params["qop"]
		c.QOP = protection(offered)
		if c.Nonce != "" && (c.QOP != "" || !hasQOP || strings.TrimSpace(offered) == "") {
			all = append(all, c)
		}
	}
	return all
}

// protection chooses a quality of protection: auth before auth-int, since proxies may touch a body.
func protection(offered string) string {
	var found string
	for o := range strings.SplitSeq(offered, ",") {
		switch strings.ToLower(strings.TrimSpace(o)) {
		case "auth":
			return "auth"
		case "auth-int":
			found = "auth-int"
		}
	}
	return found
}

// scheme is one challenge or credential of a header, whatever its kind.
type scheme struct {
	name   string
	params map[string]string // names in lower case
}

// schemes splits a header value. A word that no "=" follows begins a scheme (RFC 7235 section 2.1); there may
// be white space before the "=" (RFC 3261 section 25.1).
func schemes(value string) []scheme {
	var all []scheme
	for _, part := range split(value) {
		end := strings.IndexAny(part, "= \t")
		if end < 0 {
			end = len(part)
		}
		if rest := strings.TrimLeft(part[end:], " \t"); !strings.HasPrefix(rest, "=") {
			all = append(all, scheme{name: part[:end], params: map[string]string{}})
			part = rest
		}
		key, val, ok := strings.Cut(part, "=")
		if !ok || len(all) == 0 {
			continue
		}
		params := all[len(all)-1].params
		key = strings.ToLower(strings.TrimSpace(key))
		if _, twice := params[key]; !twice {
			params[key] = unquote(strings.TrimSpace(val))
		}
	}
	return all
}

// split cuts at commas outside quoted strings.
func split(value string) []string {
	var parts []string
	start, quoted := 0, false
	for i := 0; i < len(value); i++ {
		switch {
		case quoted && value[i] == '\\':
			i++
		case value[i] == '"':
			quoted = !quoted
		case value[i] == ',' && !quoted:
			parts = append(parts, strings.TrimSpace(value[start:i]))
			start = i + 1
		}
	}
	return append(parts, strings.TrimSpace(value[start:]))
}

func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	var b strings.Builder
	for i := 1; i < len(s)-1; i++ {
		if s[i] == '\\' && i+1 < len(s)-1 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// quote writes a quoted string; control characters have no place in a header and are left out.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < ' ' || c == 0x7f:
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
