package sipclient

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"golync/sipclient/nameaddr"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// Client is the user agent of one account. Its methods may be called from any goroutine except from within
// Options.Emit, Inbox and Admit; those with a context block until the final answer or the context's end.
type Client struct {
	o      Options
	me     identity
	log    *slog.Logger
	loop   *loop
	creds  *credentials
	rules  *ruleBook // nil without XCAP
	ctx    context.Context
	cancel context.CancelFunc
	closed sync.Once

	// What follows belongs to the loop.
	net      connection
	reg      registration
	pub      publication
	subs     map[string]*subscription // by Call-ID
	watches  map[string]*watch        // by address of record
	winfo    watcherInfo
	direct   notifier
	out      outbox
	in       inbox
	typing   typing
	habits   habits
	services services
	pace     pace
	calls    calls
}

// New makes a client. It performs no I/O. Close must be called when it is no longer needed.
func New(o Options) (*Client, error) {
	if o.Emit == nil || o.Inbox == nil || o.Admit == nil || o.Account.Password == nil {
		return nil, errors.New("sipclient: Emit, Inbox, Admit and Account.Password are required")
	}
	me, err := identityOf(o)
	if err != nil {
		return nil, err
	}
	rules, err := newRuleBook(o, me)
	if err != nil {
		return nil, err
	}
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	c := &Client{
		o: o, me: me, log: log, rules: rules,
		creds:   newCredentials(me.login, o.Account.Password, me.uri.Host, hostPart(me.server)),
		loop:    newLoop(log),
		subs:    map[string]*subscription{},
		watches: map[string]*watch{},
		direct:  notifier{watchers: map[string]*directWatcher{}},
		out:     outbox{},
		habits:  habits{},
		in:      inbox{room: make(chan struct{}, inboxRoom)},
		typing:  newTyping(),
		pace:    pace{limit: maxInFlight},
		calls:   newCalls(),
	}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	return c, nil
}

// SignIn connects and registers, and from then on keeps the flow, the registration, the publication and
// all subscriptions alive by itself, reconnecting with jittered back-off. It returns after the first final
// answer; ErrPassword, ErrNoPassword and a refused certificate stop it (no retry), other errors are retried in
// the background. When the context ends first, the attempt goes on. Called while it waits for the next attempt,
// it makes one at once.
func (c *Client) SignIn(ctx context.Context) error {
	return c.ask(ctx, c.signIn)
}

// SignOut takes the publication, the subscriptions and the registration back, in bounded time (five
// seconds, or the context's), and closes the flow. Whom to watch and what to publish is kept for the next
// SignIn.
func (c *Client) SignOut(ctx context.Context) error {
	return c.ask(ctx, func(done chan error) { c.signOut(ctx, done) })
}

// Close ends the client at once without telling the server, as a crash would. Nothing is emitted any more
// once it has returned.
func (c *Client) Close() error {
	c.closed.Do(func() {
		c.cancel()
		c.loop.end()
		c.loop.wait()
		c.closeMedia()
		if c.rules != nil {
			c.rules.client.CloseIdleConnections()
		}
	})
	return nil
}

// Watch subscribes to a person's presence, now and after every reconnect. The introduction becomes the
// Subject (design section 7); it may be empty. Watching somebody twice changes nothing. An address that is
// none is answered by WatchEnded with code 404.
func (c *Client) Watch(uri, introduction string) {
	_, aor, err := nameaddr.Parse(uri)
	c.loop.post(func() {
		if err != nil {
			c.emit(PresenceChanged{URI: uri, Watch: WatchEnded, Code: 404})
			return
		}
		c.addWatch(aor, introduction)
	})
}

// Unwatch ends the subscription to a person. No event follows.
func (c *Client) Unwatch(uri string) {
	if _, aor, err := nameaddr.Parse(uri); err == nil {
		c.loop.post(func() { c.removeWatch(aor) })
	}
}

// Publish makes s the user's presence, now and after every reconnect. Without a presence service at the
// server it goes to those who watch us directly. When not signed in it is kept, and ErrNotSignedIn returned.
// Of several calls at once only the last may be sent.
func (c *Client) Publish(ctx context.Context, s pidf.State) error {
	return c.ask(ctx, func(done chan error) { c.publish(s, done) })
}

// SetRules writes who may see the user: by XCAP where the server has it, and in any case for watchers who
// subscribe to us directly. Without XCAP it returns ErrNoRules after taking them for the latter. Rules that
// could not be written are written after the next sign-in.
func (c *Client) SetRules(ctx context.Context, r presrules.Rules) error {
	if !c.loop.post(func() { c.setDirectRules(r) }) {
		return ErrNotSignedIn
	}
	if c.rules == nil {
		return ErrNoRules
	}
	err := c.rules.write(ctx, r)
	if err == nil || errors.Is(err, ErrNoRules) {
		c.loop.post(func() { c.found(&c.services.rules, err == nil) })
	}
	return err
}

// ask runs f on the loop and waits for its result.
func (c *Client) ask(ctx context.Context, f func(done chan error)) error {
	done := make(chan error, 1)
	if !c.loop.post(func() { f(done) }) {
		return ErrNotSignedIn
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-c.loop.done:
		return ErrNotSignedIn
	}
}

func (c *Client) emit(e Event) { c.o.Emit(e) }
