package app

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"golync/contacts"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// post is everything between a State and one other person: the disk, the session's line of messages, a server
// that keeps nothing, and the queue by which State hears of it all, later.
type post struct {
	*rand.Rand
	t   *testing.T
	s   *State
	now time.Time

	disk    []sipclient.Message // by Seq
	line    []sipclient.Message // what the session was told to send; the first one may have left
	left    bool                // it has, and nobody has answered yet
	inputs  []Input             // State has not taken them yet
	online  bool                // the user's connection
	there   bool                // the other person's
	written int
	got     []int // what the other person has read, in order
	// doubtful are those that nobody answered for, and those that the user sent again
	doubtful map[int]bool
}

func newPost(t *testing.T, seed uint64) *post {
	p := &post{doubtful: map[int]bool{}, Rand: rand.New(rand.NewPCG(seed, 8)), t: t, now: time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC)}
	p.start()
	return p
}

// start runs the program anew. What State had not heard is lost with it, and what was on its way, too.
func (p *post) start() {
	if p.left {
		p.doubtful[number(p.line[0])] = true
	}
	saved := Saved{Me: Me{Address: alice}, Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}, Open: []contacts.Address{dana}}
	for _, m := range p.disk {
		if m.Delivery == sipclient.Unsent || m.Delivery == sipclient.Unknown {
			saved.Outbox = append(saved.Outbox, m)
		}
	}
	p.s, p.line, p.inputs, p.left, p.online = New(saved, contacts.Providers{}), nil, nil, false, false
	p.do(p.s.Start(p.now))
	p.do(p.s.SignIn(p.now, ""))
}

// number is which message of the user's it is: they are numbered in the order in which they are written.
func number(m sipclient.Message) int {
	n, _ := strconv.Atoi(m.Body.Raw())
	return n
}

// stored is the message as the disk has it, nil when it does not.
func (p *post) stored(id string) *sipclient.Message {
	i := slices.IndexFunc(p.disk, func(m sipclient.Message) bool { return m.ID == id })
	if i < 0 {
		return nil
	}
	return &p.disk[i]
}

// enqueue is store.Enqueue.
func (p *post) enqueue(m sipclient.Message) error {
	d := p.stored(m.ID)
	switch {
	case d == nil:
		m.Seq = int64(len(p.disk) + 1)
		p.disk = append(p.disk, m)
	case d.Delivery.Arrived():
		p.tell(MessageStored{ID: m.ID, Err: sipclient.ErrDuplicate})
		return sipclient.ErrDuplicate
	}
	d = p.stored(m.ID)
	d.Delivery = sipclient.Unsent
	p.tell(MessageStored{ID: m.ID, Seq: d.Seq})
	return nil
}

// do is what the session does at once.
func (p *post) do(effects []Effect) {
	for _, e := range effects {
		switch e := e.(type) {
		case SendMessage:
			if p.enqueue(e.Message) == nil {
				p.line = append(p.line, e.Message)
			}
		case StoreMessage:
			_ = p.enqueue(e.Message)
		case LoadHistory:
			p.tell(HistoryLoaded{Peer: e.Peer, Before: e.Before, After: e.After, View: e.View, Messages: slices.Clone(p.disk)})
		}
	}
}

func (p *post) tell(r Result)           { p.inputs = append(p.inputs, Input{Result: r}) }
func (p *post) event(e sipclient.Event) { p.inputs = append(p.inputs, Input{Event: e}) }

// hear lets State take what came first.
func (p *post) hear() {
	if n := min(1+p.IntN(3), len(p.inputs)); n > 0 {
		batch := p.inputs[:n]
		p.inputs = p.inputs[n:]
		p.do(p.s.Take(p.now, batch))
	}
}

// settle ends the first message of the line.
func (p *post) settle(d sipclient.Delivery, err error) {
	m := p.line[0]
	p.line, p.left = p.line[1:], false
	p.stored(m.ID).Delivery = d
	p.tell(MessageSettled{ID: m.ID, Peer: dana, Delivery: d, Err: err})
}

// send takes the first message of the line a step further.
func (p *post) send() {
	switch {
	case len(p.line) == 0:
	case p.left && !p.there:
		p.settle(sipclient.Unsent, &sipclient.ResponseError{Method: "MESSAGE", Code: 480})
	case p.left:
		p.got = append(p.got, number(p.line[0]))
		p.settle(sipclient.Sent, nil)
	case !p.online:
		p.settle(sipclient.Unsent, sipclient.ErrNotSignedIn)
	default:
		p.left = true
		p.stored(p.line[0].ID).Delivery = sipclient.Unknown
	}
}

// connect changes whether the user's connection stands. A message that has left gets no answer any more.
func (p *post) connect(online bool) {
	if p.online == online {
		return
	}
	p.online = online
	if online {
		p.event(sipclient.SignedIn{Services: sipclient.Services{Presence: true}})
		p.appear()
		return
	}
	if p.left {
		p.doubtful[number(p.line[0])] = true
		if p.there && p.IntN(2) == 0 {
			p.got = append(p.got, number(p.line[0]))
		}
		p.settle(sipclient.Unknown, sipclient.ErrNoAnswer)
	}
	p.event(sipclient.Disconnected{})
}

// appear tells whether the other person is there, as far as the connection lets it.
func (p *post) appear() {
	if p.online {
		p.event(active(dana, pidf.State{Open: p.there}))
	}
}

// step is one thing that happens.
func (p *post) step() {
	switch p.IntN(16) {
	case 0, 1, 2:
		p.write()
	case 3, 4, 5, 6:
		p.send()
	case 7:
		p.there = !p.there
		p.appear()
	case 8:
		p.connect(!p.online)
	case 9:
		if p.IntN(4) == 0 {
			p.start()
		}
	case 10:
		p.resend()
	default:
		p.hear()
	}
}

func (p *post) write() {
	p.written++
	effects, err := p.s.Send(p.now, dana, strconv.Itoa(p.written))
	if err != nil {
		p.t.Fatal(err)
	}
	p.now = p.now.Add(time.Second)
	p.do(effects)
}

// resend sends again what may not have arrived.
func (p *post) resend() {
	c := p.s.Conversation(dana)
	for i := range c.Messages {
		if m := c.Messages[i]; m.Delivery == sipclient.Unknown {
			effects, err := p.s.Resend(p.now, dana, m.ID)
			if err != nil {
				p.t.Error(err)
			}
			p.doubtful[number(m)] = true
			p.do(effects)
			return
		}
	}
}

// rest lets everything that can happen by itself happen.
func (p *post) rest() {
	p.there = true
	p.connect(true)
	p.appear()
	for i := 0; len(p.inputs) > 0 || len(p.line) > 0; i++ {
		if i > 1000*(p.written+1) {
			p.t.Fatal("golync and the server go round in circles")
		}
		p.send()
		p.hear()
	}
}

// Whatever happens in between, what the user writes to somebody goes by itself, once, and in order. Only a
// message of which nobody knows whether it has arrived (the connection broke before the answer) is outside of
// that: it does not go by itself, and when the user sends it again it may arrive twice, and late.
func TestMessagesGoOnceAndInOrderWhateverHappens(t *testing.T) {
	for seed := range uint64(2000) {
		p := newPost(t, seed)
		for range 20 + p.IntN(150) {
			p.step()
		}
		p.rest()
		p.check()
		if t.Failed() {
			t.Fatalf("seed %d: read are %v", seed, p.got)
		}
	}
}

// check compares what was read with what was written, and what is shown with both.
func (p *post) check() {
	p.t.Helper()
	times, last := make([]int, p.written+1), 0
	for _, n := range p.got {
		times[n]++
		if p.doubtful[n] {
			continue
		}
		if n < last {
			p.t.Errorf("%d came after %d", n, last)
		}
		last = n
	}
	for n := 1; n <= p.written; n++ {
		if times[n] != 1 && !p.doubtful[n] {
			p.t.Errorf("%d was read %d times", n, times[n])
		}
	}
	for _, all := range [][]sipclient.Message{p.disk, p.s.Conversation(dana).Messages} {
		for _, m := range all {
			if m.Delivery == sipclient.Unsent || m.Waiting {
				p.t.Errorf("in the end %+v", m)
			}
		}
	}
}
