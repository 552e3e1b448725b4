package digest

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"strconv"
	"sync"
	"time"
)

// NonceLife is how long a verifier takes a nonce, before it asks for another with stale=true.
const NonceLife = 10 * time.Minute

// maxNonces bounds how many nonces are remembered; beyond it all are given up and their users are asked
// again.
const maxNonces = 10_000

// Verifier is the server's side: it makes challenges for one realm and checks the answers. It may be used
// by several goroutines.
type Verifier struct {
	realm string
	key   [32]byte
	now   func() time.Time

	mu   sync.Mutex
	seen map[string]*window // nonce counts seen, by nonce
}

// window remembers the counts of one nonce. Requests of one client may overtake each other on their way
// through goroutines, so a count up to 64 below the highest is taken once.
type window struct {
	highest uint32
	below   uint64 // bit i: highest-i was seen
}

func (w *window) take(count uint32) bool {
	if count > w.highest {
		w.below = w.below<<min(count-w.highest, 64) | 1
		w.highest = count
		return true
	}
	bit := uint64(1) << (w.highest - count)
	if w.highest-count >= 64 || w.below&bit != 0 {
		return false
	}
	w.below |= bit
	return true
}

// NewVerifier makes a verifier for a realm; now is its clock.
func NewVerifier(realm string, now func() time.Time) *Verifier {
	v := &Verifier{realm: realm, now: now, seen: map[string]*window{}}
	_, _ = rand.Read(v.key[:]) // never fails since Go 1.24
	return v
}

// Challenges returns challenge header values, strongest first (RFC 8760 section 2.3).
func (v *Verifier) Challenges(stale bool) []string {
	var all []string
	for _, algorithm := range []string{"SHA-256", "MD5"} {
		c := fmt.Sprintf("Digest realm=%s, nonce=%q, qop=\"auth\", algorithm=%s", quote(v.realm), v.nonce(), algorithm)
		if stale {
			c += ", stale=true"
		}
		all = append(all, c)
	}
	return all
}

// nonce is the time and a random part under a key, so that a server needs no memory to know its own.
func (v *Verifier) nonce() string {
	var salt [6]byte
	_, _ = rand.Read(salt[:])
	stamp := strconv.FormatInt(v.now().Unix(), 16) + "-" + hex.EncodeToString(salt[:])
	return stamp + "-" + v.mac(stamp)
}

func (v *Verifier) mac(stamp string) string {
	v.mu.Lock()
	defer v.mu.Unlock()
	m := hmac.New(sha256.New, v.key[:])
	m.Write([]byte(stamp))
	return hex.EncodeToString(m.Sum(nil)[:12])
}

// Outcome is what Verify found.
type Outcome uint8

// The outcomes of checking an answer.
const (
	Refused Outcome = iota // no answer, another realm, or a wrong one: challenge again
	Stale                  // right, with a nonce too old or used before: challenge with stale=true
	Granted
)

// Verify checks the value of an Authorization or Proxy-Authorization header. The hash function returns the
// stored HA1 of a user for an algorithm, and false for an unknown user. It returns the user's name.
func (v *Verifier) Verify(value, method string, body []byte, hash func(user, algorithm string) (string, bool)) (string, Outcome) {
	all := schemes(value)
	if len(all) == 0 {
		return "", Refused
	}
	p := all[0].params
	if p["realm"] != v.realm || p["qop"] != "" && p["nc"] == "" { // without a count it could be repeated
		return "", Refused
	}
	ha1, ok := hash(p["username"], p["algorithm"])
	if !ok {
		return p["username"], Refused
	}
	a := answer{
		algorithm: p["algorithm"], method: method, uri: p["uri"], body: body,
		nonce: p["nonce"], cnonce: p["cnonce"], nc: p["nc"], qop: p["qop"],
	}
	if subtle.ConstantTimeCompare([]byte(a.response(ha1)), []byte(p["response"])) != 1 {
		return p["username"], Refused
	}
	if !v.fresh(p["nonce"], p["nc"]) {
		return p["username"], Stale
	}
	return p["username"], Granted
}

// fresh reports whether a nonce is ours and young, and its count never seen (RFC 7616 section 3.4, nc).
func (v *Verifier) fresh(nonce, nc string) bool {
	stampEnd := len(nonce) - 25
	if stampEnd <= 0 || nonce[stampEnd] != '-' || !hmac.Equal([]byte(v.mac(nonce[:stampEnd])), []byte(nonce[stampEnd+1:])) {
		return false
	}
	made, err := strconv.ParseInt(before(nonce, '-'), 16, 64)
	if err != nil || v.now().Sub(time.Unix(made, 0)) > NonceLife {
		return false
	}
	if nc == "" {
		return true
	}
	count, err := strconv.ParseUint(nc, 16, 32)
	if err != nil {
		return false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	w, known := v.seen[nonce]
	if !known {
		if len(v.seen) >= maxNonces {
			_, _ = rand.Read(v.key[:])
			clear(v.seen)
		}
		w = &window{}
		v.seen[nonce] = w
	}
	return w.take(uint32(count))
}

func before(s string, c byte) string {
	for i := range len(s) {
		if s[i] == c {
			return s[:i]
		}
	}
	return s
}
