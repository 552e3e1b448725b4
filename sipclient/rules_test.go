package sipclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"golync/internal/siptest"
	"golync/sipclient/presrules"
)

// xcap is an XCAP server with one document.
type xcap struct {
	mu      sync.Mutex
	doc     string
	version int
	account siptest.Account // without a password nobody is asked for one
	puts    int
	before  func(*xcap) // called once before a PUT is looked at
	status  int         // when not 0, the answer to everything
}

func (x *xcap) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x.mu.Lock()
	defer x.mu.Unlock()
	message := &siptest.Message{First: r.Method + " " + r.URL.RequestURI() + " SIP/2.0", Headers: []siptest.Header{{Name: "Authorization", Value: r.Header.Get("Authorization")}}}
	switch {
	case x.status != 0:
		w.WriteHeader(x.status)
	case r.URL.Path != "/root/pres-rules/users/sip:alice@contoso.com/index":
		w.WriteHeader(400)
	case x.account.Password != "" && !x.account.Authorized(message):
		w.Header().Set("WWW-Authenticate", x.account.Challenge())
		w.WriteHeader(401)
	case r.Method == http.MethodGet && x.doc == "":
		w.WriteHeader(404)
	case r.Method == http.MethodGet:
		w.Header().Set("ETag", x.etag())
		_, _ = io.WriteString(w, x.doc)
	default:
		if f := x.before; f != nil {
			x.before = nil
			f(x)
		}
		if match := r.Header.Get("If-Match"); match != "" && match != x.etag() || r.Header.Get("If-None-Match") == "*" && x.doc != "" {
			w.WriteHeader(412)
			return
		}
		if r.Header.Get("Content-Type") != rulesType {
			w.WriteHeader(415)
			return
		}
		body, _ := io.ReadAll(r.Body)
		x.doc, x.version, x.puts = string(body), x.version+1, x.puts+1
	}
}

func (x *xcap) etag() string { return fmt.Sprintf(`"v%d"`, x.version) }

// ruled makes a desk with an XCAP server beside it. It belongs into a bubble.
func ruled(t *testing.T, x *xcap) *desk {
	t.Helper()
	network := siptest.NewNet()
	listener, err := network.Listen("192.0.2.80:80")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: x}
	var served sync.WaitGroup
	served.Go(func() { _ = server.Serve(listener) })
	t.Cleanup(func() {
		_ = server.Close()
		served.Wait()
	})
	return newDesk(t, func(o *Options) {
		o.Account.XCAP = "http://192.0.2.80/root/"
		sip := o.Dial
		o.Dial = func(ctx context.Context, kind, address string) (net.Conn, error) {
			if strings.HasSuffix(address, ":80") {
				return network.Dial(ctx, kind, address)
			}
			return sip(ctx, kind, address)
		}
	})
}

// decided reads what the server would decide about somebody.
func (x *xcap) decided(t *testing.T, who string) presrules.Level {
	t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	doc, err := presrules.Parse([]byte(x.doc))
	if err != nil {
		t.Fatal(err)
	}
	_, level := doc.Decide(who)
	return level
}

// rule decides on one person.
func (d *desk) rule(who string, l presrules.Level) error {
	return d.client.SetRules(context.Background(), presrules.Rules{People: map[string]presrules.Level{who: l}})
}

func TestRulesAreWrittenOnceAndWithCredentials(t *testing.T) {
	for name, account := range map[string]siptest.Account{"open": {}, "closed": alice} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				x := &xcap{account: account}
				d := ruled(t, x)
				for range 2 {
					if err := d.rule(bob, presrules.Colleagues); err != nil {
						t.Fatal(err)
					}
				}
				if x.decided(t, bob) != presrules.Colleagues || x.puts != 1 {
					t.Fatalf("%d writes: %s", x.puts, x.doc)
				}
				if err := d.rule(bob, presrules.Blocked); err != nil || x.decided(t, bob) != presrules.Blocked {
					t.Fatal(err, x.doc)
				}
			})
		})
	}
}

func TestRulesThatOthersWroteMeanwhileAreKept(t *testing.T) {
	const theirs = `<cp:ruleset xmlns:cp="urn:ietf:params:xml:ns:common-policy"><cp:rule id="theirs"/></cp:ruleset>`
	for name, there := range map[string]string{"changed": "<cp:ruleset xmlns:cp=\"urn:ietf:params:xml:ns:common-policy\"/>", "made": ""} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				x := &xcap{doc: there, before: func(x *xcap) { x.doc, x.version = theirs, x.version+1 }}
				if err := ruled(t, x).rule(bob, presrules.Colleagues); err != nil {
					t.Fatal(err)
				}
				if x.decided(t, bob) != presrules.Colleagues || !strings.Contains(x.doc, `<cp:rule id="theirs"/>`) {
					t.Fatal(x.doc)
				}
			})
		})
	}
}

func TestRulesThatChangeWithoutEndAreReported(t *testing.T) {
	bubble(t, func(t *testing.T) {
		x := &xcap{doc: `<cp:ruleset xmlns:cp="urn:ietf:params:xml:ns:common-policy"/>`}
		var again func(*xcap)
		again = func(x *xcap) { x.version++; x.before = again }
		x.before = again
		if err := ruled(t, x).rule(bob, presrules.Colleagues); !errors.Is(err, ErrRulesChanged) {
			t.Fatal(err)
		}
	})
}

func TestFailuresOfTheRulesServer(t *testing.T) {
	wrong := alice
	wrong.Password = "other"
	var refused *ResponseError
	for name, test := range map[string]struct {
		x  *xcap
		is func(error) bool
	}{
		"wrong password":   {&xcap{account: wrong}, func(err error) bool { return errors.Is(err, ErrPassword) }},
		"no such service":  {&xcap{status: 501}, func(err error) bool { return errors.Is(err, ErrNoRules) }},
		"no document ever": {&xcap{status: 404}, func(err error) bool { return errors.Is(err, ErrNoRules) }},
		"forbidden": {&xcap{status: 403}, func(err error) bool {
			return errors.As(err, &refused) && refused.Code == 403 && !errors.Is(err, ErrNoRules)
		}},
		"sent elsewhere": {&xcap{status: 302}, func(err error) bool { return errors.As(err, &refused) && refused.Code == 302 }},
		"not rules":      {&xcap{doc: "<html>"}, func(err error) bool { return err != nil }},
		"too long":       {&xcap{doc: strings.Repeat(" ", xcapLimit+1)}, func(err error) bool { return err != nil }},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				if err := ruled(t, test.x).rule(bob, presrules.Colleagues); !test.is(err) {
					t.Fatal(err)
				}
				if test.x.puts != 0 {
					t.Fatal("something was written all the same")
				}
			})
		})
	}
}

func TestRulesThatCouldNotBeWrittenAreWrittenAfterSigningIn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		x := &xcap{status: 503}
		d := ruled(t, x)
		if err := d.rule(bob, presrules.Colleagues); err == nil {
			t.Fatal("written to a server that is down")
		}
		x.mu.Lock()
		x.status = 0
		x.mu.Unlock()
		peer, done := d.begin()
		peer.Register(alice)
		<-done
		synctest.Wait()
		if x.decided(t, bob) != presrules.Colleagues {
			t.Fatal(x.doc)
		}
	})
}

func TestNewestOfSeveralRulesWins(t *testing.T) {
	bubble(t, func(t *testing.T) {
		x := &xcap{}
		d := ruled(t, x)
		<-d.client.rules.turn // nobody gets to work before all have come
		var all sync.WaitGroup
		for _, l := range []presrules.Level{presrules.Blocked, presrules.Dismissed, presrules.Workgroup, presrules.Colleagues} {
			all.Go(func() {
				if err := d.rule(bob, l); err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		d.client.rules.turn <- struct{}{}
		all.Wait()
		if x.decided(t, bob) != presrules.Colleagues || x.puts != 1 {
			t.Fatalf("%d writes: %s", x.puts, x.doc)
		}
	})
}

func TestSignInTellsWhetherRulesWork(t *testing.T) {
	for name, status := range map[string]int{"works": 0, "does not": 501, "is down for a while": 503} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := ruled(t, &xcap{status: status})
				peer, done := d.begin()
				peer.Register(alice)
				if err := <-done; err != nil {
					t.Fatal(err)
				}
				if e := next[SignedIn](d); !e.Services.Rules {
					t.Fatal("taken to be missing before the server was asked")
				}
				if status != 501 {
					quiet[SignedIn](d)
				} else if e := next[SignedIn](d); e.Services.Rules {
					t.Fatal("not found to be missing")
				}
			})
		})
	}
}
