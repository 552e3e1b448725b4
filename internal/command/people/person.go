package people

import (
	"cmp"
	"context"
	"crypto/x509"
	"hash/fnv"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// patience is how long a receipt may take.
const patience = 10 * time.Second

// backlog is how many events of a person wait at most; what comes above that, nobody reads.
const backlog = 256

// person is one of them. What it decides happens on one goroutine, live.
type person struct {
	character
	client *sipclient.Client
	log    *slog.Logger
	still  bool
	day    *rand.Rand // when the status changes
	dice   *rand.Rand // everything that answers others, so that they do not change the day

	events chan sipclient.Event
	plan   []deed
	rules  presrules.Rules
	asked  map[string]bool // requests already seen
	greets bool            // the greeting has been said
	said   string          // the last reply
	mood   int
	shows  mood  // the status that is not one of a call
	talk   *talk // the call; nil when there is none
	sound  func() (Line, error)

	receipts sync.WaitGroup // on their way
	leave    context.CancelFunc
	left     chan struct{} // closed when the person's day is over
}

// deed is something to be done at a time.
type deed struct {
	at time.Time
	do func(context.Context)
}

// newPerson makes the user agent. It does no I/O.
func newPerson(c character, cfg Config, roots *x509.CertPool) (*person, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(c.address))
	p := &person{
		character: c, log: cfg.Log.With("person", c.address), still: cfg.Still, sound: cfg.Sound,
		day:    rand.New(rand.NewPCG(cfg.Seed, h.Sum64())),
		dice:   rand.New(rand.NewPCG(^cfg.Seed, h.Sum64())),
		events: make(chan sipclient.Event, backlog), asked: map[string]bool{}, left: make(chan struct{}),
		rules: presrules.Rules{People: map[string]presrules.Level{}},
	}
	for _, k := range c.knows {
		p.rules.People[k] = c.level
	}
	var err error
	p.client, err = sipclient.New(sipclient.Options{
		Account: sipclient.Account{
			URI: c.address, Name: c.name, Server: cfg.Server, Transport: cmp.Or(cfg.Transport, "tls"), XCAP: cfg.XCAP,
			Password: func(context.Context) (string, error) { return Password, nil },
		},
		Emit: func(e sipclient.Event) {
			select {
			case p.events <- e:
			default:
			}
		},
		Inbox:   func(_ sipclient.Message, done func(error)) { done(nil) },
		Admit:   func(sipclient.Incoming) sipclient.Verdict { return sipclient.Verdict{} },
		Plain:   c.plain,
		RootCAs: roots, Dial: cfg.Dial, Log: cfg.Log,
	})
	return p, err
}

// live does what is planned and answers what happens, until ctx ends.
func (p *person) live(ctx context.Context) {
	p.begin()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		if len(p.plan) > 0 {
			timer.Reset(time.Until(p.plan[0].at))
		}
		select {
		case <-ctx.Done():
			return
		case e := <-p.events:
			p.hear(e)
		case <-timer.C:
			if len(p.plan) > 0 && !time.Now().Before(p.plan[0].at) {
				next := p.plan[0]
				p.plan = p.plan[1:]
				next.do(ctx)
			}
		}
	}
}

// later plans a deed. Deeds of one moment keep their order.
func (p *person) later(d time.Duration, do func(context.Context)) {
	at := time.Now().Add(d)
	i, _ := slices.BinarySearchFunc(p.plan, at, func(have deed, at time.Time) int {
		if have.at.After(at) {
			return 1
		}
		return -1
	})
	p.plan = slices.Insert(p.plan, i, deed{at, do})
}

// begin plans how the person's day starts.
func (p *person) begin() {
	p.later(p.comes, p.show)
	if p.adds > 0 {
		p.later(p.adds, func(context.Context) { p.client.Watch(Me, p.introduction) })
	}
}

// decide publishes who may see the person.
func (p *person) decide(ctx context.Context) {
	r := presrules.Rules{People: maps.Clone(p.rules.People)}
	p.report("rules", p.client.SetRules(ctx, r))
}

// show publishes the present mood, and plans the next one.
func (p *person) show(ctx context.Context) {
	p.shows = p.moods[p.mood]
	p.publish(ctx)
	p.mood = (p.mood + 1 + p.day.IntN(len(p.moods)-1)) % len(p.moods)
	if !p.still {
		p.later(around(p.day, time.Minute), p.show)
	}
}

// publish tells what the person is about: in a call that, else the mood.
func (p *person) publish(ctx context.Context) {
	m := p.shows
	if p.talk != nil && !p.talk.since.IsZero() {
		m.activity, m.idle = pidf.ActivityOnThePhone, false
	}
	p.report("presence", p.client.Publish(ctx, pidf.State{
		Open: true, Activity: m.activity, Idle: m.idle, Note: text.From(m.note), Name: text.From(p.name), Since: time.Now(),
	}))
}

// hear takes one event.
func (p *person) hear(e sipclient.Event) {
	switch e := e.(type) {
	case sipclient.WatchersChanged:
		for _, w := range e.Watchers {
			p.approached(w)
		}
	case sipclient.PresenceChanged:
		if e.URI == Me && e.Watch == sipclient.WatchActive && p.greeting != "" && !p.greets {
			p.greets = true
			p.later(around(p.dice, 2*time.Second), func(ctx context.Context) { p.say(ctx, Me, p.greeting) })
		}
	case sipclient.MessageReceived:
		p.spokenTo(e.Message)
	case sipclient.CallChanged:
		p.callChanged(e.Call)
	}
}

// approached accepts somebody who asks, after a moment, and asks back.
func (p *person) approached(w winfo.Watcher) {
	waits := w.Status == winfo.Pending || w.Status == winfo.Waiting
	if !waits || p.accepts == 0 || p.asked[w.URI] {
		return
	}
	p.asked[w.URI] = true
	p.later(around(p.dice, p.accepts), func(ctx context.Context) {
		p.rules.People[w.URI] = p.level
		p.decide(ctx)
		p.client.Watch(w.URI, "")
	})
}

// spokenTo answers a message when it has been read and the answer typed, which the other side can see.
func (p *person) spokenTo(m sipclient.Message) {
	body := strings.TrimSpace(m.Body.Raw())
	if body == "" {
		return
	}
	answer := p.answer(body)
	p.acknowledge(m, sipclient.OwedDelivery)
	typing := 40 * time.Millisecond * time.Duration(min(len(answer.text), 80))
	p.later(around(p.dice, 1200*time.Millisecond), func(context.Context) {
		p.acknowledge(m, sipclient.OwedDisplay)
		p.client.Typing(m.Peer, true)
		p.later(typing, func(ctx context.Context) {
			p.say(ctx, m.Peer, answer.text)
			p.follow(answer, m.Peer)
		})
	})
}

// follow does what an answer promises.
func (p *person) follow(r reply, peer string) {
	switch {
	case r.does == calls:
		p.later(around(p.dice, callsSoon), func(context.Context) { p.callUp(peer) })
	case r.does == hangsUp && p.talksWith(peer):
		t := p.talk
		p.during(t, time.Second, func(context.Context) { p.client.HangUp(t.call.ID) })
	}
}

// acknowledge gives a receipt that a message asked for. Nobody waits for it: the person goes on meanwhile.
func (p *person) acknowledge(m sipclient.Message, what sipclient.Owed) {
	if m.Owed&what == 0 {
		return
	}
	r := sipclient.Receipt{Peer: m.Peer, ID: m.ReceiptID, Of: m.At, Seen: what == sipclient.OwedDisplay}
	p.receipts.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		p.report("receipt", p.client.Acknowledge(ctx, r))
	})
}

// say sends a message. When the other side does not want it, nothing more happens: people live with that.
func (p *person) say(ctx context.Context, to, words string) {
	_, err := p.client.Send(ctx, sipclient.Message{
		ID: p.address + " " + time.Now().Format(time.RFC3339Nano), Peer: to, Outgoing: true, Body: text.From(words), At: time.Now(),
	})
	p.report("message", err)
}

func (p *person) report(what string, err error) {
	if err != nil {
		p.log.Info("people: not done", "what", what, "err", err)
	}
}

// around is a time near d: between half of it and one and a half.
func around(dice *rand.Rand, d time.Duration) time.Duration {
	return d/2 + time.Duration(dice.Int64N(int64(d)))
}
