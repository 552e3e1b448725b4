// Package people is who lives in the demo: colleagues at contoso.com, Gina of another company and two Skype
// users, each a SIP user agent of its own that is signed in at the lab over loopback. They come and go,
// change their status, answer messages and calls, and some add the user or accept the user's request. In a call they
// speak a melody and give back what they hear.
//
// It is not a simulation of load, and nothing of golync depends on it: the window meets these people by SIP
// alone. What they do follows from a seed, so that tests and pictures can be told what to expect.
package people

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"golync/contacts"
	"golync/internal/lab"
	"golync/sipclient/flow"
)

// Me is the user of the demo, and Password is everybody's: the lab of the demo listens on loopback only and
// lives as long as the window.
const (
	Me       = "sip:alice@contoso.com"
	MyName   = "Alice"
	Password = "golync-demo"
)

// Config says where the people sign in. Server and CA are required.
type Config struct {
	Server    string               // host:port of the lab
	Transport string               // "tls", "tcp" or "udp"; "" is TLS
	XCAP      string               // XCAP root URL of the lab
	CA        []byte               // PEM
	Seed      uint64               // what they do when follows from it
	Still     bool                 // they keep their first status, for pictures
	Sound     func() (Line, error) // makes the sound of a call; nil: nobody can be called
	Log       *slog.Logger
	Dial      flow.DialFunc // nil means net.Dialer; tests give their own
}

// ErrCA says that Config.CA holds no certificate.
var ErrCA = errors.New("people: no certificate authority")

// People are signed in and live until Close.
type People struct {
	cancel context.CancelFunc
	all    []*person
	done   sync.WaitGroup
}

// Users are the accounts that the lab of the demo needs: the user's and everybody else's.
func Users() []lab.User {
	users := []lab.User{{Address: Me, Name: MyName, Password: Password}}
	for _, c := range cast() {
		users = append(users, lab.User{Address: c.address, Name: c.name, Password: Password})
	}
	return users
}

// Contact is a line of the contact list that the demo starts with.
type Contact struct {
	Address      contacts.Address
	Name         string
	Relationship contacts.Relationship
	Favorite     bool
	Group        string // one of the user's own groups
}

// Seed is the contact list of the demo. Bob and Cheri are not in it: adding them is what there is to try, and
// Gina asks by herself.
func Seed() []Contact {
	return []Contact{
		{Address: "sip:dana@contoso.com", Name: "Dana", Relationship: contacts.Colleagues, Favorite: true, Group: "Colleagues"},
		{Address: "sip:eve@contoso.com", Name: "Eve", Relationship: contacts.Colleagues, Group: "Colleagues"},
		{Address: "sip:fred@contoso.com", Name: "Fred", Relationship: contacts.Workgroup, Group: "Colleagues"},
	}
}

// Start signs everybody in, one beside the other, and returns when all are. ctx bounds that alone.
func Start(ctx context.Context, cfg Config) (*People, error) {
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(cfg.CA) {
		return nil, ErrCA
	}
	living, cancel := context.WithCancel(context.WithoutCancel(ctx))
	p := &People{cancel: cancel}
	for _, c := range cast() {
		one, err := newPerson(c, cfg, roots)
		if err != nil {
			return nil, errors.Join(err, p.Close())
		}
		p.all = append(p.all, one)
	}
	errs := make([]error, len(p.all))
	var signing sync.WaitGroup
	for i, one := range p.all {
		signing.Go(func() {
			if err := one.client.SignIn(ctx); err != nil {
				errs[i] = fmt.Errorf("people: %s: %w", one.address, err)
				return
			}
			one.decide(ctx) // before anybody can ask
		})
	}
	signing.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	for _, one := range p.all {
		day, leave := context.WithCancel(living)
		one.leave = leave
		p.done.Go(func() {
			defer close(one.left)
			defer leave()
			one.live(day)
		})
	}
	return p, nil
}

// Close ends everybody at once, without a word to the lab, which is about to end too. It is bounded in time.
func (p *People) Close() error {
	p.cancel()
	var err error
	for _, one := range p.all {
		err = errors.Join(err, one.client.Close())
	}
	p.done.Wait()
	for _, one := range p.all {
		one.receipts.Wait()
	}
	return err
}
