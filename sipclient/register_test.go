package sipclient

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
	"golync/sipclient/flow"
)

var alice = siptest.Account{User: "alice", Password: "secret", Realm: "contoso.com"}

func TestWrongPasswordStopsAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		asked := 0
		d := newDesk(t, func(o *Options) {
			o.Account.Password = func(context.Context) (string, error) { asked++; return "wrong", nil }
		})
		peer, done := d.begin()
		peer.Reply(peer.Expect("REGISTER"), 401, "WWW-Authenticate: "+alice.Challenge())
		r := peer.Expect("REGISTER")
		if alice.Authorized(r) {
			t.Fatal("the wrong password passed")
		}
		peer.Reply(r, 401, "WWW-Authenticate: "+alice.Challenge())
		if err := <-done; !errors.Is(err, ErrPassword) {
			t.Fatal(err)
		}
		if e := next[SignInFailed](d); !errors.Is(e.Err, ErrPassword) || e.RetryIn != 0 {
			t.Fatalf("%+v", e)
		}
		peer.Gone()
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if asked != 1 {
			t.Fatalf("the password was asked for %d times", asked)
		}
		peer, _ = d.begin()
		peer.Reply(peer.Expect("REGISTER"), 401, "WWW-Authenticate: "+alice.Challenge())
		peer.Expect("REGISTER")
		if asked != 2 {
			t.Fatal("the password that was refused is used again without asking")
		}
	})
}

// Where there is none to be had, trying again would not find one: the user has to be asked.
func TestWithoutAPasswordTheTryingStops(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) {
			o.Account.Password = func(context.Context) (string, error) { return "", ErrNoPassword }
		})
		peer, done := d.begin()
		peer.Reply(peer.Expect("REGISTER"), 401, "WWW-Authenticate: "+alice.Challenge())
		if err := <-done; !errors.Is(err, ErrNoPassword) {
			t.Fatal(err)
		}
		if e := next[SignInFailed](d); !errors.Is(e.Err, ErrNoPassword) || e.RetryIn != 0 {
			t.Fatalf("%+v", e)
		}
	})
}

func TestPasswordThatWasChangedMeanwhileIsAskedForAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		password := "old"
		d := newDesk(t, func(o *Options) {
			o.Account.Password = func(context.Context) (string, error) { return password, nil }
		})
		old := alice
		old.Password = "old"
		peer, done := d.begin()
		peer.Register(old)
		peer.Reply(peer.Expect("SUBSCRIBE"), 489)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		password = "secret"
		time.Sleep(9 * time.Minute)
		r := peer.Expect("REGISTER") // the refresh, with the old one
		if !old.Authorized(r) {
			t.Fatal(r)
		}
		peer.Reply(r, 401, "WWW-Authenticate: "+alice.Challenge())
		peer.Reply(peer.Expect("REGISTER"), 401, "WWW-Authenticate: "+alice.Challenge())
		if r = peer.Expect("REGISTER"); !alice.Authorized(r) {
			t.Fatal(r)
		}
	})
}

// The registrar may have taken a REGISTER whose answer never came; one with the same number would be refused
// as out of order (RFC 3261 section 10.3).
func TestEveryRegisterHasANumberOfItsOwn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, _ := d.begin()
		peer.Reply(peer.Expect("REGISTER"), 401, "WWW-Authenticate: "+alice.Challenge())
		taken := peer.Expect("REGISTER")
		peer.Close()
		peer = d.server.Accept()
		if r := peer.Expect("REGISTER"); r.Get("Call-ID") != taken.Get("Call-ID") || r.Get("CSeq") == taken.Get("CSeq") {
			t.Fatal(r)
		}
	})
}

func TestBestOfSeveralChallengesIsAnswered(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		strong := alice
		strong.Algorithm = "SHA-256"
		peer, done := d.begin()
		peer.Reply(peer.Expect("REGISTER"), 401,
			`WWW-Authenticate: NTLM realm="contoso.com"`, "WWW-Authenticate: "+alice.Challenge(), "WWW-Authenticate: "+strong.Challenge())
		r := peer.Expect("REGISTER")
		if !strong.Authorized(r) || strings.Count(r.String(), "Authorization:") != 1 {
			t.Fatal(r)
		}
		peer.GrantRegister(r, alice)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	})
}

func TestProxyAndServerMayBothAsk(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, done := d.begin()
		peer.Reply(peer.Expect("REGISTER"), 407, "Proxy-Authenticate: "+alice.Challenge())
		r := peer.Expect("REGISTER")
		if r.Get("Proxy-Authorization") == "" {
			t.Fatal(r)
		}
		peer.Reply(r, 401, "WWW-Authenticate: "+alice.Challenge())
		r = peer.Expect("REGISTER")
		if r.Get("Proxy-Authorization") == "" || r.Get("Authorization") == "" || r.Get("CSeq") != "3 REGISTER" {
			t.Fatal(r)
		}
		peer.GrantRegister(r, alice)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	})
}

func TestStaleNonceIsReplacedAndLoopsEnd(t *testing.T) {
	challenge := func(nonce string, stale bool) string {
		return fmt.Sprintf(`WWW-Authenticate: Digest realm="contoso.com", nonce="%s", qop="auth", stale=%t`, nonce, stale)
	}
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, done := d.begin()
		peer.Reply(peer.Expect("REGISTER"), 401, challenge("one", false))
		peer.Reply(peer.Expect("REGISTER"), 401, challenge("two", true))
		r := peer.Expect("REGISTER")
		if a := r.Get("Authorization"); !strings.Contains(a, `nonce="two"`) || !strings.Contains(a, "nc=00000001") {
			t.Fatal(r)
		}
		peer.GrantRegister(r, alice)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		peer.Reply(peer.Expect("SUBSCRIBE"), 489)
		time.Sleep(9 * time.Minute)
		if r = peer.Expect("REGISTER"); !strings.Contains(r.Get("Authorization"), "nc=00000003") {
			t.Fatal("the nonce is not used again: " + r.String()) // winfo's SUBSCRIBE had 2
		}
		for n := range maxTries - 1 {
			peer.Reply(r, 401, challenge(fmt.Sprint("stale", n), true))
			r = peer.Expect("REGISTER")
		}
		peer.Reply(r, 401, challenge("last", true))
		if e := next[Disconnected](d); e.RetryIn == 0 {
			t.Fatalf("%+v", e)
		}
	})
}

func TestRegistrationIsRefreshedAtNinetyPercent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, done := d.begin()
		first := peer.Register(siptest.Account{Expires: 100})
		peer.Reply(peer.Expect("SUBSCRIBE"), 489)
		<-done
		began := time.Now()
		time.Sleep(80 * time.Second)
		again := peer.Expect("REGISTER")
		if took := time.Since(began); took != 90*time.Second {
			t.Fatalf("refreshed after %v", took)
		}
		if again.Get("Call-ID") != first.Get("Call-ID") || again.Get("CSeq") != "2 REGISTER" {
			t.Fatal(again)
		}
		contact := again.Get("Contact")
		if !strings.Contains(contact, "reg-id=1") || !strings.Contains(contact, "+sip.instance=\"<urn:uuid:") {
			t.Fatal(contact)
		}
	})
}

func TestLongerIntervalIsTakenAndNonsenseIsNot(t *testing.T) {
	for _, test := range []struct {
		name, least string
		want        string // Expires of the next REGISTER; empty when there is none
	}{
		{"longer", "1200", "1200"},
		{"shorter than asked", "60", ""},
		{"absurd", "99999999", ""},
		{"absent", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer, done := d.begin()
				peer.Reply(peer.Expect("REGISTER"), 423, "Min-Expires: "+test.least)
				if test.want == "" {
					var refused *ResponseError
					if err := <-done; !errors.As(err, &refused) || refused.Code != 423 {
						t.Fatal(err)
					}
					return
				}
				if r := peer.Expect("REGISTER"); r.Get("Expires") != test.want {
					t.Fatal(r)
				}
			})
		})
	}
}

func TestServerWithoutOutboundGetsAPlainRegister(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, done := d.begin()
		peer.Reply(peer.Expect("REGISTER"), 439)
		r := peer.Expect("REGISTER")
		if strings.Contains(r.Get("Contact"), "reg-id") || strings.Contains(r.Get("Supported"), "outbound") {
			t.Fatal(r)
		}
		peer.GrantRegister(r, alice)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	})
}

func TestServiceRouteIsUsed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, _ := d.begin()
		r := peer.Expect("REGISTER")
		peer.Reply(r, 200, "Expires: 600", "Service-Route: <sip:edge.contoso.com;lr>")
		if s := peer.Expect("SUBSCRIBE"); s.Get("Route") != "<sip:edge.contoso.com;lr>" {
			t.Fatal(s)
		}
	})
}

func TestRefusalIsReportedAndTriedAgainWithoutHaste(t *testing.T) {
	for _, test := range []struct {
		code   int
		header string
		least  time.Duration
	}{
		{403, "", time.Minute},
		{404, "", time.Minute},
		{503, "Retry-After: 120 (busy);duration=1", 2 * time.Minute},
		{500, "", 0},
	} {
		t.Run(fmt.Sprint(test.code), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer, done := d.begin()
				r := peer.Expect("REGISTER")
				if test.header == "" {
					peer.Reply(r, test.code)
				} else {
					peer.Reply(r, test.code, test.header)
				}
				var refused *ResponseError
				if err := <-done; !errors.As(err, &refused) || refused.Code != test.code {
					t.Fatal(err)
				}
				if e := next[SignInFailed](d); e.RetryIn < test.least || e.RetryIn == 0 {
					t.Fatalf("%+v", e)
				}
				time.Sleep(test.least)
				d.server.Accept().Expect("REGISTER")
			})
		})
	}
}

func TestSilentRegistrarIsNoAnswer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, done := d.begin()
		peer.Expect("REGISTER")
		if err := <-done; !errors.Is(err, ErrNoAnswer) {
			t.Fatal(err)
		}
		if e := next[SignInFailed](d); e.RetryIn == 0 {
			t.Fatalf("%+v", e)
		}
	})
}

func TestWrongCertificateStops(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ca := siptest.NewCA(t)
		d := newDesk(t, func(o *Options) {
			o.Account.Transport, o.Account.Server, o.RootCAs = "tls", "192.0.2.1:5061", ca.Pool()
		})
		d.server = siptest.ListenTLS(t, d.net, "192.0.2.1:5061", ca.Issue("other.example"))
		_, done := d.begin()
		err := <-done
		var broken *flow.Error
		if !errors.As(err, &broken) || broken.Kind != flow.BadCertificate {
			t.Fatal(err)
		}
		if e := next[SignInFailed](d); e.RetryIn != 0 {
			t.Fatalf("%+v", e)
		}
	})
}

func TestSignsInOverTLS(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ca := siptest.NewCA(t)
		d := newDesk(t, func(o *Options) {
			o.Account.Transport, o.Account.Server, o.RootCAs = "tls", "192.0.2.1:5061", ca.Pool()
		})
		d.server = siptest.ListenTLS(t, d.net, "192.0.2.1:5061", ca.Issue("192.0.2.1"))
		peer, done := d.begin()
		r := peer.Register(alice)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(r.Get("Via"), "SIP/2.0/TLS ") || !strings.Contains(r.Get("Contact"), ";transport=tls>") {
			t.Fatal(r)
		}
		if e := next[SignedIn](d); e.Transport != "TLS" {
			t.Fatalf("%+v", e)
		}
	})
}

func TestARegistrationLastsAsLongAsIsAsked(t *testing.T) {
	for lasts, want := range map[time.Duration]string{0: "600", time.Minute: "60"} {
		bubble(t, func(t *testing.T) {
			d := newDesk(t, func(o *Options) { o.RegisterFor = lasts })
			peer, _ := d.begin()
			if got := peer.Expect("REGISTER").Get("Expires"); got != want {
				t.Errorf("it asks for %s s, want %s", got, want)
			}
		})
	}
}
