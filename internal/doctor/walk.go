package doctor

import (
	"cmp"
	"context"
	"net"
	"time"

	"golync/contacts"
	"golync/internal/store"
	"golync/sipclient"
	"golync/sipclient/flow"
)

// farewell bounds taking everything back at the end.
const farewell = 5 * time.Second

// walk is one examination under way: the case, and what the links before have found out.
type walk struct {
	Case
	report   Report
	ended    Link   // the link at which the user lost patience, empty when none
	password string // from its source, for the time of the walk; never printed

	saved   store.Snapshot // of the account's data; the zero value when they cannot be read
	targets []flow.Target
	reached flow.Target // the first one that was connected to
	plain   net.Conn    // the connection to it, for the TLS link

	agent     Agent // nil until signed in
	seen      *sightings
	noService bool    // the server has no presence service
	book      *book   // the rules on the XCAP server, once asked for
	theirs    *theirs // how they answered, once asked
}

func newWalk(c Case) *walk {
	if c.Patience == 0 {
		c.Patience = defaultPatience
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Resolver == nil {
		c.Resolver = net.DefaultResolver
	}
	if c.Dial == nil {
		c.Dial = (&net.Dialer{}).DialContext
	}
	if c.NewAgent == nil {
		c.NewAgent = func(o sipclient.Options) (Agent, error) { return sipclient.New(o) }
	}
	return &walk{Case: c, seen: newSightings()}
}

// leave takes everything back.
func (w *walk) leave(ctx context.Context) {
	if w.plain != nil {
		_ = w.plain.Close()
	}
	if w.agent == nil {
		return
	}
	bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	_ = w.agent.SignOut(bye) // whatever it could not take back ends by itself within a minute
	_ = w.agent.Close()
}

// lame returns the link that is to blame when one that is needed is not well, and empty when all are.
func (w *walk) lame(needs []Link) Link {
	for _, need := range needs {
		if f := w.finding(need); f != nil && f.State != OK {
			return cmp.Or(f.because, f.Link)
		}
	}
	return ""
}

// finding returns what was found of a link, nil when it was not tried yet.
func (w *walk) finding(l Link) *Finding {
	for i := range w.report.Findings {
		if w.report.Findings[i].Link == l {
			return &w.report.Findings[i]
		}
	}
	return nil
}

// faulty reports whether a link was found faulty.
func (w *walk) faulty(l Link) bool {
	f := w.finding(l)
	return f != nil && f.State == Faulty
}

// self reports whether the other person is the user.
func (w *walk) self() bool { return w.Address.Same(w.Settings.Account) }

// skype reports whether the account is a Skype user's.
func (w *walk) skype() bool {
	return w.Settings.Providers.AccountKind(w.Settings.Account) == contacts.Skype
}

// kind says where the other person is, seen from the user.
func (w *walk) kind() contacts.Kind {
	return w.Settings.Providers.KindOf(w.Settings.Account, w.Address)
}

// them is what people call the other person's address.
func (w *walk) them() string { return contacts.Readable(w.Settings.Providers.Account(w.Address)) }

// contact returns the other person's row in the user's list, nil when there is none.
func (w *walk) contact() *contacts.Contact {
	for i, c := range w.saved.Contacts {
		if c.Address.Same(w.Address) {
			return &w.saved.Contacts[i]
		}
	}
	return nil
}

// relationship is what the user decided on the other person, NoRelationship when nothing.
func (w *walk) relationship() contacts.Relationship {
	if c := w.contact(); c != nil {
		return c.Relationship
	}
	for a, r := range w.saved.Relationships {
		if a.Same(w.Address) {
			return r
		}
	}
	return contacts.NoRelationship
}

// request returns their row of the New tab, nil when there is none.
func (w *walk) request() *contacts.Request {
	for i, r := range w.saved.Requests {
		if r.Address.Same(w.Address) {
			return &w.saved.Requests[i]
		}
	}
	return nil
}
