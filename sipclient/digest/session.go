package digest

import (
	"crypto/md5" //nolint:gosec // RFC 3261 servers still offer nothing else
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
	"sync"
)

// Session is a challenge that is being answered: the nonce is used again with a rising count
// (RFC 7616 section 3.3), so that only the first request costs a second round trip. It may be used by
// several goroutines.
type Session struct {
	mu        sync.Mutex
	challenge Challenge
	cnonce    string
	count     uint32
}

// NewSession begins answering a challenge.
func NewSession(c Challenge) *Session {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return &Session{challenge: c, cnonce: hex.EncodeToString(b)}
}

// Challenge is the challenge being answered.
func (s *Session) Challenge() Challenge { return s.challenge }

// Authorize returns the value of an Authorization or Proxy-Authorization header for one request. The URI
// is written as in the request line. The body counts only under auth-int.
func (s *Session) Authorize(method, uri string, body []byte, user, password string) string {
	return s.AuthorizeHashed(method, uri, body, user, HA1(s.challenge.Algorithm, user, s.challenge.Realm, password))
}

// AuthorizeHashed does the same with what HA1 made of user and password, for callers that keep no password.
func (s *Session) AuthorizeHashed(method, uri string, body []byte, user, ha1 string) string {
	s.mu.Lock()
	s.count++
	count := s.count
	s.mu.Unlock()
	c := s.challenge
	a := answer{
		algorithm: c.Algorithm, method: method, uri: uri, body: body,
		nonce: c.Nonce, cnonce: s.cnonce, nc: fmt.Sprintf("%08x", count), qop: c.QOP,
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Digest username=%s, realm=%s, nonce=%s, uri=%s, response=%q",
		quote(user), quote(c.Realm), quote(c.Nonce), quote(uri), a.response(ha1))
	if c.Algorithm != "" {
		fmt.Fprintf(&b, ", algorithm=%s", c.Algorithm)
	}
	if c.Opaque != "" {
		fmt.Fprintf(&b, ", opaque=%s", quote(c.Opaque))
	}
	if c.QOP != "" {
		fmt.Fprintf(&b, ", qop=%s, nc=%s", c.QOP, a.nc)
	}
	if c.QOP != "" || isSession(c.Algorithm) {
		fmt.Fprintf(&b, ", cnonce=%q", a.cnonce)
	}
	return b.String()
}

// HA1 is the hash of user, realm and password (RFC 7616 section 3.4.2): what a server keeps instead of a
// password. For a "-sess" algorithm it is the part before nonce and cnonce enter.
func HA1(algorithm, user, realm, password string) string {
	return sum(algorithm, user+":"+realm+":"+password)
}

// answer is everything that enters a response (RFC 7616 section 3.4.1).
type answer struct {
	algorithm, method, uri string
	body                   []byte
	nonce, cnonce, nc, qop string
}

func (a answer) response(ha1 string) string {
	if isSession(a.algorithm) {
		ha1 = sum(a.algorithm, ha1+":"+a.nonce+":"+a.cnonce)
	}
	a2 := a.method + ":" + a.uri
	if a.qop == "auth-int" {
		a2 += ":" + sum(a.algorithm, string(a.body))
	}
	ha2 := sum(a.algorithm, a2)
	if a.qop == "" {
		return sum(a.algorithm, ha1+":"+a.nonce+":"+ha2)
	}
	return sum(a.algorithm, strings.Join([]string{ha1, a.nonce, a.nc, a.cnonce, a.qop, ha2}, ":"))
}

func isSession(algorithm string) bool {
	return strings.HasSuffix(strings.ToLower(algorithm), "-sess")
}

// base is the hash behind an algorithm's name, in lower case.
func base(algorithm string) string {
	if algorithm == "" {
		return "md5"
	}
	return strings.TrimSuffix(strings.ToLower(algorithm), "-sess")
}

func sum(algorithm, s string) string {
	var h hash.Hash
	switch base(algorithm) {
	case "sha-256":
		h = sha256.New()
	case "sha-512-256":
		h = sha512.New512_256()
	default:
		h = md5.New()
	}
	h.Write([]byte(s))
	return hex.EncodeToString(h.Sum(nil))
}
