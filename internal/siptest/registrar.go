package siptest

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
)

// Account is who may register. Without a Password nobody is asked for one.
type Account struct {
	User      string
	Password  string
	Realm     string
	Algorithm string // "MD5" when empty, or "SHA-256"
	Expires   int    // seconds granted; 600 when 0
}

// nonce is the same for all: nothing here has to be kept secret.
const nonce = "golync-test-nonce"

// Register plays the registrar once: it expects a REGISTER, challenges it when the account has a password,
// fails the test when the answer to that is wrong, and grants the binding. It returns the last request.
func (p *Peer) Register(a Account) *Message {
	p.t.Helper()
	r := p.Expect("REGISTER")
	if a.Password != "" && r.Get("Authorization") == "" {
		p.Reply(r, 401, "WWW-Authenticate: "+a.Challenge())
		r = p.Expect("REGISTER")
	}
	if a.Password != "" && !a.Authorized(r) {
		p.t.Fatalf("wrong credentials:\n%s", r)
	}
	p.GrantRegister(r, a)
	return r
}

// GrantRegister accepts a REGISTER.
func (p *Peer) GrantRegister(r *Message, a Account) {
	expires := a.Expires
	if expires == 0 {
		expires = 600
	}
	if r.Get("Expires") == "0" || strings.HasSuffix(r.Get("Contact"), "expires=0") {
		p.Reply(r, 200)
		return
	}
	p.Reply(r, 200, fmt.Sprintf("Contact: <%s>;expires=%d", r.Address("Contact"), expires), fmt.Sprintf("Expires: %d", expires))
}

// Challenge is the value of a WWW-Authenticate or Proxy-Authenticate header.
func (a Account) Challenge() string {
	return fmt.Sprintf(`Digest realm="%s", nonce="%s", algorithm=%s, qop="auth"`, a.Realm, nonce, a.algorithm())
}

func (a Account) algorithm() string {
	if a.Algorithm == "" {
		return "MD5"
	}
	return a.Algorithm
}

// Authorized reports whether a request answers Challenge rightly (RFC 7616 section 3.4), in Authorization
// or Proxy-Authorization.
func (a Account) Authorized(r *Message) bool {
	value := r.Get("Authorization")
	if value == "" {
		value = r.Get("Proxy-Authorization")
	}
	got := parameters(strings.TrimPrefix(value, "Digest "))
	sum := func(s string) string {
		var h hash.Hash = md5.New()
		if a.algorithm() == "SHA-256" {
			h = sha256.New()
		}
		h.Write([]byte(s))
		return hex.EncodeToString(h.Sum(nil))
	}
	user := sum(a.User + ":" + a.Realm + ":" + a.Password)
	deed := sum(r.Method() + ":" + got["uri"])
	want := sum(strings.Join([]string{user, nonce, got["nc"], got["cnonce"], got["qop"], deed}, ":"))
	return got["username"] == a.User && got["realm"] == a.Realm && got["nonce"] == nonce && got["response"] == want
}

// parameters reads name=value and name="value" pairs between commas. None of those that matter here holds a comma.
func parameters(s string) map[string]string {
	all := make(map[string]string)
	for part := range strings.SplitSeq(s, ",") {
		name, value, _ := strings.Cut(part, "=")
		all[strings.ToLower(strings.TrimSpace(name))] = strings.Trim(strings.TrimSpace(value), `"`)
	}
	return all
}
