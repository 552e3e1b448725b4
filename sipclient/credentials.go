package sipclient

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"golync/sipclient/digest"
)

// maxTries bounds how often one request is sent: once without credentials, for a proxy's challenge and a
// server's, and again when their nonces were stale.
const maxTries = 5

// credentials answers challenges for the account. It keeps no password: what it keeps is the hash of user,
// realm and password (RFC 7616 section 3.4.2), good for that realm only, until forget. It may be used by
// several goroutines.
type credentials struct {
	login string
	home  []string // realms that may ask, besides those that the registrar has used; in lower case
	ask   func(context.Context) (string, error)

	mu       sync.Mutex
	sessions map[challenger]*digest.Session
	hashes   map[string]string // HA1 by algorithm and realm
	trusted  map[string]bool
}

// challenger is who asked for credentials: a server (401) or a proxy (407) of a realm.
type challenger struct {
	proxy bool
	realm string
}

// call is what a request looks like to digest.
type call struct {
	method, uri string
	body        []byte
	registrar   bool // whoever challenges is trusted, because we chose to sign in there
	own         bool // about the user's own things, so that it stays at home
}

// attempt is what one request has been through.
type attempt struct {
	tries    int
	answered map[challenger]*digest.Session // challenges that came within this request
	asked    map[string]bool                // hashes made of a password got within this request
}

// field is one header field with credentials.
type field struct{ name, value string }

func newCredentials(login string, ask func(context.Context) (string, error), home ...string) *credentials {
	c := &credentials{login: login, ask: ask}
	for _, h := range home {
		c.home = append(c.home, strings.ToLower(h))
	}
	c.forget()
	return c
}

// forget drops every nonce and hash: the next challenge asks for the password again.
func (c *credentials) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sessions, c.hashes, c.trusted = map[challenger]*digest.Session{}, map[string]string{}, map[string]bool{}
}

// fields returns the credentials to send with a request: those asked for within it, and those that a proxy
// or, for the user's own things, the server has asked for before. Credentials for the server do not go to
// other people unasked: a hostile one could guess the password from them.
func (c *credentials) fields(k call, known *attempt) []field {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []field
	for who, session := range c.sessions {
		if own := known.answered[who]; own != nil {
			session = own
		} else if !who.proxy && !k.own {
			continue
		}
		ch := session.Challenge()
		hash, ok := c.hashes[hashKey(ch)]
		if !ok {
			continue
		}
		name := "Authorization"
		if who.proxy {
			name = "Proxy-Authorization"
		}
		out = append(out, field{name, session.AuthorizeHashed(k.method, k.uri, k.body, c.login, hash)})
	}
	return out
}

// challenged takes a 401 (proxy false) or 407 with its challenges, and reports whether the request is to be
// sent again. ErrPassword means that the registrar refused the answer to a fresh challenge. From anybody else
// such a refusal is no more than that: a stranger who answers in the user's realm must not end the session, nor
// have the user asked for the password.
func (c *credentials) challenged(ctx context.Context, k call, proxy bool, values []string, known *attempt) (bool, error) {
	ch, err := digest.Choose(values)
	if err != nil && !k.registrar {
		return false, nil // the refusal stands: nothing is asked that could be answered
	}
	if err != nil {
		return false, err
	}
	who := challenger{proxy, strings.ToLower(ch.Realm)}
	if !c.trusts(who.realm, k.registrar) {
		return false, nil // the refusal stands: nobody we know wants our credentials
	}
	if known.tries++; known.tries >= maxTries {
		return false, nil
	}
	refused := known.answered[who] != nil && !ch.Stale
	if refused && !k.registrar {
		c.distrust(hashKey(ch), known)
		return false, nil
	}
	if err := c.prepare(ctx, ch, refused, known); err != nil {
		return false, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	session := c.sessions[who]
	if session == nil || session.Challenge().Nonce != ch.Nonce || session.Challenge().Algorithm != ch.Algorithm {
		session = digest.NewSession(ch)
		c.sessions[who] = session
	}
	if known.answered == nil {
		known.answered = map[challenger]*digest.Session{}
	}
	known.answered[who] = session
	return true, nil
}

// trusts keeps credentials from strangers: a challenge on the way to somebody else may come from anybody.
func (c *credentials) trusts(realm string, registrar bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if registrar {
		c.trusted[realm] = true
	}
	for _, h := range c.home {
		if realm == h {
			return true
		}
	}
	return c.trusted[realm]
}

// distrust drops a hash that was made for this very request and refused.
func (c *credentials) distrust(key string, known *attempt) {
	if known.asked[key] {
		c.mu.Lock()
		delete(c.hashes, key)
		c.mu.Unlock()
	}
}

// prepare makes sure of a hash for the challenge. When the one we had was refused, the password is asked
// for once more, since the user may have changed it; the same one again is wrong.
func (c *credentials) prepare(ctx context.Context, ch digest.Challenge, refused bool, known *attempt) error {
	key := hashKey(ch)
	c.mu.Lock()
	old, have := c.hashes[key]
	c.mu.Unlock()
	if have && !refused {
		return nil
	}
	if known.asked[key] {
		return ErrPassword
	}
	password, err := c.ask(ctx)
	if err != nil {
		return fmt.Errorf("password: %w", err)
	}
	hash := digest.HA1(ch.Algorithm, c.login, ch.Realm, password)
	if refused && hash == old {
		return ErrPassword
	}
	if known.asked == nil {
		known.asked = map[string]bool{}
	}
	known.asked[key] = true
	c.mu.Lock()
	c.hashes[key] = hash
	c.mu.Unlock()
	return nil
}

func hashKey(ch digest.Challenge) string { return strings.ToLower(ch.Algorithm) + " " + ch.Realm }

// recoverable reports whether a failed request may work later without the user's doing.
func recoverable(err error) bool {
	return !errors.Is(err, ErrPassword) && !errors.Is(err, ErrNoPassword) && !errors.Is(err, context.Canceled)
}
