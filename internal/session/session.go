// Package session is one account at work: it joins the store and the SIP client and does the effects that
// app.State asks for. It decides nothing and draws nothing.
//
// What is done on disk is done in the order of the effects, by the store's goroutine. What is done on the
// network is done beside it: signing in and out one after the other, presence and rules each so that only
// the latest runs, messages to one person in order. Everything that comes of it, and every event of the
// client, goes into one queue.
package session

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"golync/alerts"
	"golync/internal/app"
	"golync/internal/pump"
	"golync/internal/store"
	"golync/sipclient"
	"golync/sipclient/flow"
)

// Bounds in time.
const (
	// answer bounds every request: timer F of RFC 3261 section 17.1.2.2, after which nobody answers any more.
	answer = 32 * time.Second
	// frame is how often the window is drawn at most: as often as it is written to the terminal.
	frame = 10 * time.Millisecond
	// lastWords is how long Close waits for messages that are on their way, goodbye how long for the server
	// to hear that we leave.
	lastWords = time.Second
	goodbye   = 3 * time.Second
	// verifyAfter is when data that were too large for it at the start are read through after a crash.
	verifyAfter = time.Minute
)

// Config is one account and the machine it works on. Account with its URI, and Data are required.
type Config struct {
	Account sipclient.Account // without Password where none is configured: it is typed
	Data    string            // directory of all accounts' data

	RootCAs  *x509.CertPool   // nil means the system's
	Resolver flow.Resolver    // nil means the system's
	Dial     flow.DialFunc    // nil means net.Dialer
	Local    net.IP           // address to bind, nil for any
	Log      *slog.Logger     // nil means no log
	Trace    io.Writer        // nil means no wire trace
	Now      func() time.Time // nil means time.Now

	// Sounds is the sound of this machine; nil means none, and then there are no calls.
	Sounds Sounds
	// NewClient makes the SIP client; nil means sipclient.New.
	NewClient func(sipclient.Options) (Client, error)
}

// Session is an account at work. Its methods may be called from any goroutine.
type Session struct {
	log       *slog.Logger
	store     *store.Store
	client    Client
	queue     *pump.Queue[app.Input]
	saved     app.Saved
	admission atomic.Pointer[alerts.Admission]
	password  password
	sounds    Sounds
	lines     lines
	local     netip.Addr // that was chosen to be bound; the zero Addr is any
	stored    places
	closing   sync.Once
	closeErr  error

	ctx    context.Context // ends what is on the network
	cancel context.CancelFunc
	lanes  sync.WaitGroup // goroutines on the network
	// ending says that Close has begun and nothing new starts; starting guards its change.
	ending   atomic.Bool
	starting sync.Mutex
	signs    turns
	sends    peers
	receipts peers
	opening  peers  // of devices, by call
	shown    latest // PublishPresence
	rules    latest // PublishRules
	// searching ends the search that is under way, nil before the first one.
	searching atomic.Pointer[context.CancelFunc]
}

// Open opens the account's data and makes its client. It does not sign in. The errors are those of
// store.Open and of the client about the account.
func Open(c Config) (*Session, error) {
	disk, err := store.Open(store.Dir(c.Data, c.Account.URI))
	if err != nil {
		return nil, err
	}
	s, err := open(c, disk)
	if err != nil {
		return nil, errors.Join(err, disk.Close())
	}
	return s, nil
}

func open(c Config, disk *store.Store) (*Session, error) {
	snap, err := disk.Load()
	if err != nil {
		return nil, err
	}
	s := &Session{log: c.Log, store: disk, saved: savedOf(snap, c.Account), queue: pump.New(subject, frame)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.sounds = c.Sounds
	s.local, _ = netip.AddrFromSlice(c.Local)
	s.local = s.local.Unmap()
	s.lines.use(s.saved.Options.Audio)
	s.lines.camera = s.saved.Options.Video.Camera
	s.password.configured = c.Account.Password
	c.Account.Password = s.password.ask
	s.ctx, s.cancel = context.WithCancel(context.Background())
	newClient := c.NewClient
	if newClient == nil {
		newClient = func(o sipclient.Options) (Client, error) { return sipclient.New(o) }
	}
	s.client, err = newClient(sipclient.Options{
		Account: c.Account, Emit: s.emit, Inbox: s.inbox, Admit: s.admit, Instance: snap.Instance,
		RootCAs: c.RootCAs, Resolver: c.Resolver, Dial: c.Dial, Local: c.Local, Log: s.log, Trace: c.Trace, Now: c.Now,
	})
	if err != nil {
		s.cancel()
		return nil, err
	}
	disk.Verify(verifyAfter, s.verified)
	return s, nil
}

// verified tells what came of reading the data through, beside the work, after a crash.
func (s *Session) verified(err error) {
	if err == nil || errors.Is(err, store.ErrClosed) {
		return
	}
	s.log.Error("the data were read through", "err", err)
	s.put(app.Input{Result: app.DamageFound{Err: err}})
}

// Saved is what the disk knew when the session was opened.
func (s *Session) Saved() app.Saved { return s.saved }

// Next waits for the next batch of inputs, at most one a frame. It returns ctx's error, or pump.ErrClosed
// after Close.
func (s *Session) Next(ctx context.Context) ([]app.Input, error) { return s.queue.Next(ctx) }

// put hands an input to whoever reads Next.
func (s *Session) put(in app.Input) { s.queue.Put(in) }

// Close gives messages on their way a moment, signs out, and closes the data; it takes about four seconds
// when the server does not answer, or until ctx ends. What was not sent stays in the outbox.
func (s *Session) Close(ctx context.Context) error {
	s.closing.Do(func() { s.closeErr = s.close(ctx) })
	return s.closeErr
}

func (s *Session) close(ctx context.Context) error {
	s.starting.Lock()
	s.ending.Store(true)
	s.starting.Unlock()
	s.signs.interrupt()
	s.lines.hush()
	s.await(ctx, lastWords)
	s.cancel()
	ctx, cancel := context.WithTimeout(ctx, goodbye)
	defer cancel()
	if err := s.client.SignOut(ctx); err != nil && !errors.Is(err, sipclient.ErrNotSignedIn) {
		s.log.Warn("signing out", "err", err)
	}
	if s.sounds != nil {
		s.sounds.Play(app.NoTone, "")
	}
	s.lanes.Wait()
	err := errors.Join(s.client.Close(), s.store.Close())
	s.queue.Close()
	return err
}

// await waits until nothing is under way on the network, but not longer than d.
func (s *Session) await(ctx context.Context, d time.Duration) {
	idle := make(chan struct{})
	go func() { s.lanes.Wait(); close(idle) }()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-idle:
	case <-timer.C:
	case <-ctx.Done():
	}
}
