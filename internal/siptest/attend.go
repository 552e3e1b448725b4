package siptest

import (
	"fmt"
	"slices"
	"strings"
)

// Attend plays a whole server that grants everything, for tests and benchmarks of a program that is on
// the other side in its own process: registration with the account's password, publication, watcher
// information without watchers, and for every subscription a document made by presence (its argument is
// the watched address). It returns when the client has registered; Auto takes single methods back.
func (p *Peer) Attend(a Account, presence func(uri string) string) {
	p.t.Helper()
	p.Auto("PUBLISH", func(r *Message) { p.Reply(r, 200, "SIP-ETag: e1", "Expires: 3600") })
	p.Auto("SUBSCRIBE", func(r *Message) {
		p.Reply(r, 200, "Expires: "+granted(r))
		state := "active;expires=" + granted(r)
		if granted(r) == "0" {
			state = "terminated;reason=timeout"
		}
		if strings.HasPrefix(r.Get("Event"), "presence.winfo") {
			p.Notify(r, state, "application/watcherinfo+xml", `<?xml version="1.0"?>
<watcherinfo xmlns="urn:ietf:params:xml:ns:watcherinfo" version="0" state="full"></watcherinfo>`)
			return
		}
		if granted(r) != "0" {
			p.mu.Lock()
			p.watched = append(p.watched, r)
			p.mu.Unlock()
		}
		p.Notify(r, state, "application/pidf+xml", presence(r.Address("To")))
	})
	p.Register(a)
	p.Auto("REGISTER", func(r *Message) {
		if a.Password != "" && !a.Authorized(r) {
			p.Reply(r, 401, "WWW-Authenticate: "+a.Challenge())
			return
		}
		p.GrantRegister(r, a)
	})
}

// Watched returns the SUBSCRIBEs for presence that Attend has granted, in their order, for Notify.
func (p *Peer) Watched() []*Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.watched)
}

func granted(r *Message) string {
	if e := r.Get("Expires"); e != "" {
		return e
	}
	return "3600"
}

// Document is a presence document (RFC 3863) that says open, with a note.
func Document(uri, note string) string {
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<presence xmlns="urn:ietf:params:xml:ns:pidf" entity="%s"><tuple id="t"><status><basic>open</basic></status><note>%s</note></tuple></presence>`, uri, note)
}
