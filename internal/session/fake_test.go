package session

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// fake is a client without a network. What each method does is for the test to say; left alone they work.
type fake struct {
	options sipclient.Options
	sounds  Sounds // of the machine; nil is none

	mu    sync.Mutex
	calls []string
	media map[string]sipclient.Media // of the calls, by ID

	signIn   func(context.Context) error
	signOut  func(context.Context) error
	publish  func(context.Context, pidf.State) error
	setRules func(context.Context, presrules.Rules) error
	send     func(context.Context, sipclient.Message) (sipclient.Delivery, error)
	tell     func(sipclient.Receipt) error
	search   func(ctx context.Context, uri string) (sipclient.Found, error)
}

func (f *fake) note(call string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, call)
}

func (f *fake) noted() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.calls...)
}

func (f *fake) SignIn(ctx context.Context) error {
	f.note("sign in")
	if f.signIn == nil {
		return nil
	}
	return f.signIn(ctx)
}

func (f *fake) SignOut(ctx context.Context) error {
	f.note("sign out")
	if f.signOut == nil {
		return nil
	}
	return f.signOut(ctx)
}

func (f *fake) Close() error                   { f.note("close"); return nil }
func (f *fake) Watch(uri, introduction string) { f.note("watch " + uri + introduction) }
func (f *fake) Unwatch(uri string)             { f.note("unwatch " + uri) }
func (f *fake) Typing(uri string, active bool) { f.note(fmt.Sprint("typing ", uri, " ", active)) }

func (f *fake) Publish(ctx context.Context, state pidf.State) error {
	f.note("publish " + state.Note.Raw())
	if f.publish == nil {
		return nil
	}
	return f.publish(ctx, state)
}

func (f *fake) SetRules(ctx context.Context, r presrules.Rules) error {
	f.note("rules")
	if f.setRules == nil {
		return nil
	}
	return f.setRules(ctx, r)
}

func (f *fake) Send(ctx context.Context, m sipclient.Message) (sipclient.Delivery, error) {
	f.note("send " + m.ID)
	if f.send == nil {
		return sipclient.Sent, nil
	}
	return f.send(ctx, m)
}

func (f *fake) Remember(uri string) { f.note("remember " + uri) }

func (f *fake) Acknowledge(_ context.Context, r sipclient.Receipt) error {
	f.note(fmt.Sprint("tell ", r.Peer, " ", r.ID, " ", r.Seen))
	if f.tell == nil {
		return nil
	}
	return f.tell(r)
}

func (f *fake) Search(ctx context.Context, uri string) (sipclient.Found, error) {
	f.note("search " + uri)
	if f.search == nil {
		return sipclient.Found{Address: uri}, nil
	}
	return f.search(ctx, uri)
}

func (f *fake) Call(id, uri string, m sipclient.Media) {
	f.note("call " + id + " " + uri)
	f.owns(id, m)
}

func (f *fake) Answer(id string, m sipclient.Media) {
	f.note("answer " + id)
	f.owns(id, m)
}

// owns keeps the sound of a call, as the client does until the call is over.
func (f *fake) owns(id string, m sipclient.Media) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.media == nil {
		f.media = map[string]sipclient.Media{}
	}
	f.media[id] = m
}

func (f *fake) Decline(id string, code int) { f.note(fmt.Sprint("decline ", id, " ", code)) }
func (f *fake) Redirect(id, uri string)     { f.note("redirect " + id + " " + uri) }
func (f *fake) HangUp(id string)            { f.note("hang up " + id) }
func (f *fake) Renew(id string)             { f.note("renew " + id) }
func (f *fake) Hold(id string, on bool)     { f.note(fmt.Sprint("hold ", id, " ", on)) }
func (f *fake) Transfer(id, uri string)     { f.note("transfer " + id + " " + uri) }
func (f *fake) TransferTo(id, other string) { f.note("join " + id + " " + other) }

const (
	alice = "sip:alice@contoso.com"
	dana  = contacts.Address("sip:dana@contoso.com")
	eve   = contacts.Address("sip:eve@contoso.com")
)

// bench is a session over a fake client, with its data in dir.
type bench struct {
	*Session
	t       *testing.T
	client  *fake
	dir     string
	pending []app.Input
}

func begin(t *testing.T, dir string, f *fake) *bench {
	t.Helper()
	s, err := Open(Config{
		Account:   sipclient.Account{URI: alice, Name: "Alice", Password: func(context.Context) (string, error) { return "configured", nil }},
		Data:      dir,
		Sounds:    f.sounds,
		NewClient: func(o sipclient.Options) (Client, error) { f.options = o; return f, nil },
	})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { s.Close(context.Background()) })
	return &bench{Session: s, t: t, client: f, dir: dir}
}

func start(t *testing.T, f *fake) *bench {
	t.Helper()
	return begin(t, t.TempDir(), f)
}

// again closes the session and opens the same data.
func (b *bench) again(f *fake) *bench {
	b.t.Helper()
	if err := b.Close(b.t.Context()); err != nil {
		b.t.Fatalf("Close: %v", err)
	}
	return begin(b.t, b.dir, f)
}

// patience is how long a test waits for what has to come.
const patience = 20 * time.Second

// next returns the next input.
func (b *bench) next() app.Input {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), patience)
	defer cancel()
	for len(b.pending) == 0 {
		batch, err := b.Next(ctx)
		if err != nil {
			b.t.Fatalf("waiting for an input: %v", err)
		}
		b.pending = batch
	}
	in := b.pending[0]
	b.pending = b.pending[1:]
	return in
}

// result returns the next result of type R and throws away what comes before.
func result[R app.Result](b *bench) R {
	b.t.Helper()
	for {
		if r, ok := b.next().Result.(R); ok {
			return r
		}
	}
}

// settle waits until everything asked of the disk so far is done.
func (b *bench) settle() {
	b.t.Helper()
	b.Do([]app.Effect{app.LoadHistory{Peer: "sip:nobody@contoso.com", Before: 1}})
	for result[app.HistoryLoaded](b).Peer != "sip:nobody@contoso.com" {
	}
}

func message(peer contacts.Address, id string) sipclient.Message {
	return sipclient.Message{ID: id, Peer: string(peer), Outgoing: true, Body: text.From("body of " + id), At: time.Unix(1, 2)}
}
