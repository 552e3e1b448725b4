// Package lab is the embedded server: a registrar, presence agent, watcher information, presence rules
// (XCAP), message and call relay, and a gateway with a Skype side, for the demo and for tests. It speaks
// real SIP over TLS, TCP and UDP on loopback. It is not, and never becomes, a server for an organisation.
//
// One lock guards everything the server knows. A link's reader handles a message to its end before it reads
// the next one, and everything to be sent is put into the receiver's outbox under the same lock, so that
// the order of the wire is kept from device to device without further ado. That is why only sipgo's
// messages and parser are used and not its transaction layer, which gives every message a goroutine of
// its own and refuses datagrams above 1300 bytes (facts/sipgo.md sections 1 and 3).
package lab

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/lab/policy"
	"golync/sipclient/digest"
)

// Bounds of what one server, and one person, may be asked to remember.
const (
	servingLimit  = 100_000
	linkLimit     = 4096
	bindingLimit  = 10
	watcherLimit  = 2000 // subscriptions to one person, and from one link
	deviceLimit   = 20   // publications of one person
	waitingLimit  = 200  // MaxPromptedSubscriber (facts/lync-2013-client.md section 2)
	bodyLimit     = 64 << 10
	injectWindow  = 256
	documentLimit = 256 << 10
)

// Lab is a running server. Its methods may be called from any goroutine.
type Lab struct {
	cfg     Config
	log     *slog.Logger
	now     func() time.Time
	domains []string
	salt    string // makes branches, tags and entity tags of two labs differ
	ca      []byte
	parser  *sip.Parser
	guards  map[string]*digest.Verifier // by realm
	disk    *disk
	policy  *policy.Policy    // guarded by mu; nil allows everything
	addrs   map[string]string // transport → ip:port
	reached reached

	mu        sync.Mutex
	people    map[string]*person
	links     map[*link]struct{}
	remote    map[string]*link // those of datagrams, by address
	asks      map[string]*ask
	servings  map[string]*serving
	dialogs   map[dialogKey]*subscription
	contacts  map[string]*binding // by contactKey, for requests within a dialog
	branches  uint64
	refusals  refusals
	strangers strangers
	sweeper   *time.Timer
	sweepAt   time.Time
	closed    bool

	closers []func()
	running sync.WaitGroup
}

// Start makes a server and listens. It runs until Close; nothing in the start waits, so ctx is
// looked at once.
func Start(ctx context.Context, cfg Config) (*Lab, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l, err := newLab(cfg)
	if err != nil {
		return nil, err
	}
	if cfg.PolicyFile != "" {
		err = l.followPolicy()
	}
	if err == nil {
		err = l.listen()
	}
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// newLab makes the server without the sockets.
func newLab(cfg Config) (*Lab, error) {
	l := &Lab{
		cfg: cfg, log: cfg.Log, now: cfg.Now,
		addrs: map[string]string{}, people: map[string]*person{}, links: map[*link]struct{}{},
		remote: map[string]*link{}, parser: limits.Parser(), asks: map[string]*ask{}, servings: map[string]*serving{},
		dialogs: map[dialogKey]*subscription{}, contacts: map[string]*binding{},
	}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	if l.now == nil {
		l.now = time.Now
	}
	if l.cfg.Listen == nil {
		l.cfg.Listen = net.Listen
	}
	l.salt = strconv.FormatInt(l.now().UnixNano(), 36)
	if l.cfg.MinExpires == 0 {
		l.cfg.MinExpires = time.Minute
	}
	if l.cfg.MaxExpires == 0 {
		l.cfg.MaxExpires = time.Hour
	}
	for _, d := range cfg.Domains {
		l.domains = append(l.domains, strings.ToLower(d))
	}
	var err error
	if l.disk, err = openDisk(cfg.Data); err != nil {
		return nil, err
	}
	if err := l.populate(cfg.Users); err != nil {
		return nil, errors.Join(err, l.disk.close())
	}
	l.Enforce(cfg.Policy)
	l.guards = map[string]*digest.Verifier{"": digest.NewVerifier("golync lab", l.now)}
	for _, d := range l.domains {
		l.guards[d] = digest.NewVerifier(d, l.now)
	}
	return l, nil
}

// populate takes the people of the disk, then those of the configuration, whose names and passwords win.
func (l *Lab) populate(users []User) error {
	if err := l.disk.load(l); err != nil {
		return err
	}
	before := l.people
	if l.cfg.OnlyUsers {
		l.people = map[string]*person{}
	}
	for _, u := range users {
		p, err := newPerson(u)
		if err != nil {
			return err
		}
		if old := before[p.aor]; old != nil {
			old.name = p.name
			if p.ha1 != nil {
				old.ha1 = p.ha1
			}
			p = old
		}
		if p.ha1 == nil {
			return fmt.Errorf("%w: %s has no password", ErrUser, p.aor)
		}
		l.people[p.aor] = p
	}
	for _, p := range l.people {
		if !slices.Contains(l.domains, p.domain) {
			l.domains = append(l.domains, p.domain)
		}
	}
	slices.Sort(l.domains)
	l.keepUsers()
	return nil
}

// Addr returns the ip:port of a transport ("tls", "tcp", "udp"); empty when it is not listened on.
func (l *Lab) Addr(transport string) string { return l.addrs[strings.ToUpper(transport)] }

// XCAP returns the XCAP root URL, empty when there is none.
func (l *Lab) XCAP() string {
	if l.addrs["XCAP"] == "" {
		return ""
	}
	return "http://" + l.At("XCAP") + xcapRoot
}

// CA returns the certificate (PEM) that signed the server's.
func (l *Lab) CA() []byte { return l.ca }

// Close ends the server as a crash would, but writes what is to survive.
func (l *Lab) Close() error {
	l.mu.Lock()
	already := l.closed
	l.closed = true
	closers := l.closers
	for k := range l.links {
		closers = append(closers, k.close)
	}
	if l.sweeper != nil {
		l.sweeper.Stop()
	}
	for _, a := range l.asks {
		a.timer.Stop()
	}
	for _, s := range l.servings {
		if s.timer != nil {
			s.timer.Stop()
		}
	}
	l.mu.Unlock()
	if already {
		return nil
	}
	for _, c := range closers {
		c()
	}
	l.running.Wait()
	return l.disk.close()
}

// locked runs f with the lock held, unless the lab is closed. It is how timers come in.
func (l *Lab) locked(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	defer l.recovered("timer")
	f()
}

// recovered keeps one bad message or one mistake of ours from ending the server.
func (l *Lab) recovered(where string) {
	if r := recover(); r != nil {
		l.log.Error("lab: recovered", "where", where, "panic", fmt.Sprint(r))
	}
}
