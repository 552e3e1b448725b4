// Package sipclient is the SIP user agent of one account: it signs in (REGISTER), shows the user's
// presence (PUBLISH, or to watchers directly), watches contacts (SUBSCRIBE), learns who wants to watch
// the user (presence.winfo), writes who may (XCAP presence rules), carries instant messages and makes
// calls (INVITE) whose sound is somebody else's (Media).
//
// Its API speaks of people, messages and calls, its files of RFCs. It draws nothing, stores nothing, hears
// nothing and decides nothing about people: Options.Admit and Options.Inbox are asked.
package sipclient

import (
	"context"
	"crypto/x509"
	"io"
	"log/slog"
	"net"
	"time"

	"golync/sipclient/flow"
)

// Account is who signs in, and where.
type Account struct {
	URI       string // address of record, "sip:user@domain"
	Name      string // display name for From; may be empty
	User      string // digest user name; empty means the user part of URI
	Server    string // "host" or "host:port"; empty means RFC 3263 by the domain of URI
	Transport string // "tls", "tcp", "udp"; empty means TLS, then TCP
	XCAP      string // XCAP root URL; empty means none
	// Password is asked for whenever a challenge needs it, so that it lives no longer than that. An error is
	// a failure like any other and asked for again, except ErrNoPassword: there is none to be had.
	Password func(context.Context) (string, error)
}

// Options configures a Client. Account, Emit, Inbox and Admit are required.
type Options struct {
	Account Account
	// Emit receives every event in order. It must not block.
	Emit func(Event)
	// Inbox stores a received message and calls done exactly once, from any goroutine. It is called in
	// the order in which messages arrived on the wire, one call at a time, and must not block: a batch
	// is committed together. done(nil) answers 200 and lets MessageReceived out, in order;
	// done(ErrDuplicate) answers 200 and tells nobody; any other error answers 500, so that the server
	// keeps the message.
	Inbox func(m Message, done func(error))
	// Admit decides on a request before anything of it is shown. It reads a snapshot and must not block.
	Admit func(Incoming) Verdict

	// Plain leaves out receipts: messages go and are taken as plain text only (RFC 3428), without the envelope
	// (RFC 3862) that asks for them.
	Plain bool

	RootCAs  *x509.CertPool // nil means the system's
	Resolver flow.Resolver  // nil means the system's resolver
	Dial     flow.DialFunc  // nil means net.Dialer; tests give their own
	Local    net.IP         // address to bind, nil for any
	// Instance is the UUID of this installation (RFC 5626 section 4.1): with the same one, a registration
	// replaces the one that a crash left behind. Empty makes a random one for each Client.
	Instance string
	// RegisterFor is how long a registration is asked to last, in whole seconds; 0 means ten minutes.
	RegisterFor time.Duration
	Log         *slog.Logger     // nil means no log. Never sees passwords, Authorization or bodies
	Trace       io.Writer        // nil means no wire trace; Authorization is masked
	Now         func() time.Time // nil means time.Now
}

// Incoming is a request from somebody that Options.Admit decides on.
type Incoming struct {
	Method string // "MESSAGE", "INVITE", "SUBSCRIBE"
	From   string // address of record of the sender
}

// Verdict is Admit's answer.
type Verdict struct {
	Refuse int // SIP status code to refuse with, 0 to take it
}
