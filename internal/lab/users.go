package lab

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/nameaddr"
	"golync/sipclient/presrules"
)

// User is an account of the lab.
type User struct {
	Address  string // address of record, "sip:user@host"; a Skype user's is the decorated Microsoft account
	Name     string // display name
	Password string // needed at the first start only; the lab keeps digests of it
	// HA1 are those digests instead of the password, in hex, by algorithm (MD5, SHA-256): of
	// "user:domain:password" (RFC 7616 section 3.4.2, the realm being the domain).
	HA1 map[string]string
}

// ErrUser says that a configured user cannot be one.
var ErrUser = errors.New("lab: not a user")

// person is everything the lab knows of one account. Lab.mu guards it.
type person struct {
	aor, user, domain, name string

	skype    bool              // on the far side of the gateway, as the policy in force has it
	ha1      map[string]string // by digest algorithm
	bindings []*binding        // where the person can be reached, newest first
	pubs     []*publication    // what the person's devices publish, newest first
	watchers []*subscription   // who watches the presence
	readers  []*subscription   // who reads the watcher information: the person's own devices
	waiting  []waiting         // who asked while nobody was there to decide

	document []byte // presence rules as they were put; nil when there are none
	etag     string
	rules    presrules.Document
	outside  []string // domains whose people the rules allow as a whole

	window chan struct{} // bounds Inject
}

// newPerson checks a configured user and computes what its password is compared with.
func newPerson(u User) (*person, error) {
	a, err := parseAOR(u.Address)
	if err != nil {
		return nil, err
	}
	user, domain, _ := strings.Cut(strings.TrimPrefix(a, "sip:"), "@")
	if strings.ContainsAny(u.Name, "\r\n\x00") {
		return nil, fmt.Errorf("%w: the name of %s holds control characters", ErrUser, a)
	}
	p := &person{aor: a, user: user, domain: domain, name: u.Name}
	p.window = make(chan struct{}, injectWindow)
	switch {
	case u.Password != "":
		p.ha1 = hashes(user, domain, u.Password)
	case len(u.HA1) > 0:
		p.ha1 = maps.Clone(u.HA1)
	}
	return p, nil
}

// online reports whether a device of the person is registered.
func (p *person) online() bool { return len(p.bindings) > 0 }

// parseAOR brings an address as written into the form by which people are found.
func parseAOR(s string) (string, error) {
	if !strings.HasPrefix(s, "sip:") && !strings.HasPrefix(s, "sips:") {
		s = "sip:" + s
	}
	_, aor, err := nameaddr.Parse(s)
	if err != nil {
		return "", fmt.Errorf("%w: %q is %w", ErrUser, s, err)
	}
	return aor, nil
}

// aorOf returns the address of record in a URI, which is how people are found; empty for a URI that has none.
func aorOf(u *sip.Uri) string {
	aor, _ := nameaddr.AOR(u)
	return aor
}

// domainOf returns the host of an address of record.
func domainOf(aor string) string {
	_, domain, _ := strings.Cut(aor, "@")
	return domain
}

// find returns the person of a URI: nil, and whether the domain at least is served here.
func (l *Lab) find(u *sip.Uri) (p *person, served bool) {
	if p = l.people[aorOf(u)]; p != nil {
		return p, true
	}
	return nil, slices.Contains(l.domains, strings.ToLower(u.Host))
}

// sorted lists everybody by address, for what must not depend on the order of a map.
func (l *Lab) sorted() []*person {
	return slices.SortedFunc(maps.Values(l.people), func(a, b *person) int { return strings.Compare(a.aor, b.aor) })
}
