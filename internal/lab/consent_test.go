package lab

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// pair are a Lync and a Skype user on their ways to each other, and the lab between them, which may end and begin
// again.
type pair struct {
	t    *testing.T
	cfg  Config
	l    *Lab
	both [2]*side
}

// side is one of them with a program that does what every program does: it registers, publishes, reads who
// watches, watches whom the user has added, and does all that again when it was cut off.
type side struct {
	p          *pair
	aor, other string
	d          *device // nil while signed out
	level      presrules.Level
	adds       bool
	tag        string // of the subscription; empty when there is none
	sees       string // what the last NOTIFY said
}

func newPair(t *testing.T, data, one, other string) *pair {
	p := &pair{t: t, cfg: Config{Data: data}}
	p.l = world(t, p.cfg)
	p.both = [2]*side{{p: p, aor: one, other: other}, {p: p, aor: other, other: one}}
	for _, s := range p.both {
		s.online()
	}
	return p
}

func (s *side) online() {
	s.d = s.p.l.signedIn(s.p.t, s.aor)
	status(s.p.t, s.d.publishes(pidf.State{Open: true}), 200)
	s.watch()
}

func (s *side) offline() {
	_ = s.d.c.Close()
	s.d, s.tag, s.sees = nil, "", ""
	synctest.Wait()
}

// watch subscribes if that is wanted and does not stand; a refusal is tried again later.
func (s *side) watch() {
	if s.d == nil || !s.adds || s.tag != "" {
		return
	}
	res := s.d.do("SUBSCRIBE", s.other, "", "Event: presence", "Subject: It is me", fmt.Sprintf("Call-ID: w%d", s.d.cseq))
	if res.StatusCode == 200 {
		s.tag = tag(res.To().Params) + " " + res.CallID().Value()
	}
}

func (s *side) unwatch() {
	if s.tag == "" {
		return
	}
	to, id, _ := strings.Cut(s.tag, " ")
	s.tag, s.sees = "", ""
	// What the lab has ended meanwhile is not there any more: 481.
	if code := s.d.do("SUBSCRIBE", s.other, "", "Event: presence", "Call-ID: "+id, "To: <"+s.other+">;tag="+to, "Expires: 0").StatusCode; code != 200 && code != 481 {
		s.p.t.Errorf("unsubscribing ends in %d", code)
	}
}

// decide is what the user does: + adds or accepts, - removes, x blocks, d dismisses the request.
func (s *side) decide(what byte) {
	switch what {
	case '+':
		s.level, s.adds = presrules.External, true
	case '-':
		s.level, s.adds = 0, false
	case 'x':
		s.level, s.adds = presrules.Blocked, false
	case 'd':
		s.level = presrules.Dismissed
	}
	s.p.l.decide(s.p.t, s.aor, s.other, s.level, nil)
	if !s.adds {
		s.unwatch()
	}
	s.watch()
}

// listen takes what has come in meanwhile.
func (s *side) listen() {
	synctest.Wait()
	for s.d != nil && len(s.d.requests) > 0 {
		n := <-s.d.requests
		if n == nil || n.Method != sip.NOTIFY || header(n, "Event") != eventState {
			continue
		}
		id := n.CallID().Value()
		if !strings.HasSuffix(s.tag, " "+id) {
			continue // of a subscription that was given up
		}
		s.sees, _, _ = strings.Cut(header(n, "Subscription-State"), ";")
		if s.sees == "terminated" {
			s.tag, s.sees = "", ""
		}
		if doc, err := pidf.Parse(n.Body()); len(n.Body()) > 0 && err == nil {
			s.sees = map[bool]string{true: "Available", false: "Offline"}[doc.Open]
		}
	}
}

// requested is how the other one stands in this one's watcher information.
func (s *side) requested() winfo.Status {
	s.d.reads()
	for {
		n := <-s.d.requests
		if header(n, "Event") != eventWinfo {
			continue
		}
		doc, err := winfo.Parse(n.Body())
		if err != nil {
			s.p.t.Fatal(err)
		}
		for _, w := range doc.Watchers {
			if w.URI == s.other {
				return w.Status
			}
		}
		return 0
	}
}

// settle lets everybody sign in again and watch whom they have added, as programs do by and by.
func (p *pair) settle() {
	for _, s := range p.both {
		if s.d == nil {
			s.online()
		}
	}
	for range 2 {
		for _, s := range p.both {
			s.listen()
			s.watch()
		}
	}
	for _, s := range p.both {
		s.listen()
	}
}

// restart ends the lab and begins it anew from its directory; everybody comes back who was there.
func (p *pair) restart() {
	var there []*side
	for _, s := range p.both {
		if s.d != nil {
			there = append(there, s)
		}
	}
	if err := p.l.Close(); err != nil {
		p.t.Fatal(err)
	}
	p.l = world(p.t, p.cfg)
	for _, s := range there {
		s.tag, s.sees = "", ""
		s.online()
	}
}

// check compares what both sides have with what they have decided.
func (p *pair) check() {
	p.t.Helper()
	p.settle()
	for i, me := range p.both {
		they := p.both[1-i]
		agreed := me.level == presrules.External && they.level == presrules.External
		want := ""
		switch {
		case !me.adds:
		case agreed:
			want = "Available"
		case they.level == presrules.Blocked:
			want = "Offline"
		default:
			want = "pending"
		}
		if me.sees != want {
			p.t.Errorf("%s sees %s as %q, want %q", me.aor, me.other, me.sees, want)
		}
		var request winfo.Status
		if they.adds {
			request = winfo.Active
			if me.level == 0 || me.level == presrules.Dismissed {
				request = winfo.Pending
			}
		}
		if got := me.requested(); got != request {
			p.t.Errorf("%s has %s as %v, want %v", me.aor, me.other, got, request)
		}
		code := 403
		switch {
		case they.level == presrules.Blocked:
			code = 480 // as of somebody who is not there: what the presence says
		case agreed:
			code = 200
		}
		if got := me.d.says(me.other, "Hello").StatusCode; got != code {
			p.t.Errorf("%s writes to %s: %d, want %d", me.aor, me.other, got, code)
		}
	}
}

// orders are what the two decide, one after the other: a letter for who, and a sign for what.
var orders = map[string]string{
	"A then B":                     "A+ B+",
	"B then A":                     "B+ A+",
	"only A":                       "A+",
	"A removes again":              "A+ B+ A-",
	"B removes again":              "A+ B+ B-",
	"both remove":                  "A+ B+ A- B-",
	"removed and added again":      "A+ B+ A- A+",
	"removed by B, asked again":    "A+ B+ B- B+",
	"withdrawn before an answer":   "A+ A-",
	"withdrawn and asked again":    "A+ A- A+ B+",
	"blocked instead of accepted":  "A+ Bx",
	"blocked later":                "A+ B+ Bx",
	"blocked, and asked again":     "A+ Bx A- A+",
	"blocked and let in again":     "A+ B+ Bx B+",
	"blocked by both":              "A+ B+ Ax Bx",
	"dismissed":                    "A+ Bd",
	"dismissed, then accepted":     "A+ Bd B+",
	"dismissed, removed, accepted": "A+ Bd A- B+ A+",
}

// interruptions happen before a step and end before the next one, or only at the end.
var interruptions = []string{"none", "A away", "B away", "both away", "A away till the end", "B away till the end", "restart", "policy off"}

func TestBothSidesAgreeWhateverTheOrder(t *testing.T) {
	n := 0
	for name, order := range orders {
		steps := strings.Fields(order)
		for _, what := range interruptions {
			for at := range steps {
				if what == "none" && at > 0 {
					continue
				}
				for _, who := range pairsFor(what) {
					n++
					t.Run(fmt.Sprintf("%s, %s at %d, %s first", name, what, at, who[0]), func(t *testing.T) {
						synctest.Test(t, func(t *testing.T) {
							data := ""
							if what == "restart" {
								data = t.TempDir()
							}
							p := newPair(t, data, who[0], who[1])
							for i, step := range steps {
								if i == at {
									p.interrupt(what)
								}
								s := p.both[step[0]-'A']
								if s.d == nil { // to decide something one has to be there
									s.online()
								}
								s.decide(step[1])
								if i == at && !strings.HasSuffix(what, "end") {
									p.resume(what)
								}
								for _, s := range p.both {
									s.listen()
								}
							}
							p.resume(what)
							p.check()
						})
					})
				}
			}
		}
	}
	t.Logf("%d evenings", n)
}

// pairsFor are who A and B are: either side first, and a Microsoft account with a custom domain where that is quick
// to ask. Restarts write to the disk each time.
func pairsFor(what string) [][2]string {
	switch what {
	case "none":
		return [][2]string{{alice, cheri}, {cheri, alice}, {alice, bob}, {bob, alice}}
	case "restart":
		return [][2]string{{cheri, alice}}
	}
	return [][2]string{{alice, cheri}, {cheri, alice}}
}

func (p *pair) interrupt(what string) {
	a, b := p.both[0], p.both[1]
	switch what {
	case "A away", "A away till the end":
		a.offline()
	case "B away", "B away till the end":
		b.offline()
	case "both away":
		a.offline()
		b.offline()
	case "restart":
		p.restart()
	case "policy off":
		p.l.Enforce(allowing(p.t, "provider.enabled = false"))
	}
}

func (p *pair) resume(what string) {
	if what == "policy off" {
		p.l.Enforce(nil)
	}
	for _, s := range p.both {
		if s.d == nil {
			s.online()
		}
	}
}

// Both add each other in the same moment: neither waits for the other.
func TestBothAddEachOtherAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, "", alice, cheri)
		for _, s := range p.both {
			s.level, s.adds = presrules.External, true
			s.d.write(s.d.message("SUBSCRIBE", s.other, "", "Event: presence", "Call-ID: once"))
		}
		for _, s := range p.both {
			p.l.decide(t, s.aor, s.other, s.level, nil)
		}
		for _, s := range p.both {
			res := s.d.final()
			status(t, res, 200)
			s.tag = tag(res.To().Params) + " once"
		}
		p.check()
	})
}
