package lab

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/lab/policy"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// allowing is a policy that allows everything, changed by lines of TOML that come first: what stands in them
// is not said again.
func allowing(t testing.TB, changes ...string) *policy.Policy {
	t.Helper()
	p, err := policy.Parse("policy", policyOf(changes...))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func policyOf(changes ...string) string {
	text := `provider.enabled = true
provider.verification = "AlwaysVerifiable"
global.EnablePublicCloudAccess = true
global.EnablePublicCloudAudioVideoAccess = true
global.EnableFederationAccess = true
`
	domain := `[[domain]]
name = "contoso.com"
provisioning = "done"
`
	for _, c := range changes {
		key, value, ok := strings.Cut(c, " = ")
		if !ok {
			domain = ""
			continue
		}
		for line := range strings.Lines(text + domain) {
			if strings.HasPrefix(line, key+" =") {
				text, domain = strings.Replace(text, line, key+" = "+value+"\n", 1), strings.Replace(domain, line, key+" = "+value+"\n", 1)
			}
		}
	}
	return text + domain
}

// The ways in which a policy keeps a Lync and a Skype user apart. Each is what both see and are told.
var apart = map[string]struct {
	change     string
	find, said string // of cheri's search for alice; of alice's own adding of cheri
}{
	"provider disabled": {"provider.enabled = false", "404", "Skype Contacts Are Switched Off Here"},
	"no domain":         {"-", "404", "contoso.com Is Not Set Up for Skype"},
	"domain pending":    {`provisioning = "pending"`, "404", "contoso.com Is Being Set Up for Skype"},
	"user not enabled":  {"global.EnablePublicCloudAccess = false", "480", "Your Administrator Does Not Allow Skype Contacts"},
}

const sdpCall = "v=0\r\nm=audio 5000 RTP/AVP 9\r\nm=video 5002 RTP/AVP 99\r\n"

func TestNothingReachesALyncUserWhomThePolicyKeepsApart(t *testing.T) {
	for name, c := range apart {
		for _, accepted := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, accepted %v", name, accepted), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l := world(t, Config{Policy: allowing(t, c.change)})
					if accepted {
						l.decide(t, alice, cheri, presrules.External, []string{"outlook.com"})
						l.decide(t, cheri, alice, presrules.External, nil)
					}
					a, s := l.signedIn(t, alice), l.signedIn(t, cheri)
					a.publishes(pidf.State{Open: true})
					status(t, a.reads(), 200)
					a.expect("0 full")
					if got := fmt.Sprint(s.do("OPTIONS", alice, "").StatusCode); got != c.find {
						t.Errorf("cheri's search ends in %s, want %s", got, c.find)
					}
					status(t, s.watches(alice, "Subject: It is me"), 200)
					if state, _ := s.told(); state != "pending" {
						t.Errorf("cheri sees alice %s", state)
					}
					status(t, s.says(alice, "Hello"), 403)
					status(t, s.do("INVITE", alice, sdpCall), 603)

					refused := a.watches(cheri)
					status(t, refused, 403)
					status(t, a.says(cheri, "Hello"), 403)
					if refused.Reason != c.said || header(refused, "Retry-After") == "" {
						t.Errorf("alice is told %s", refused)
					}
					status(t, a.do("OPTIONS", cheri, ""), 403)
					status(t, a.do("INVITE", cheri, sdpCall), 403)
					synctest.Wait()
					a.nothing()
					s.nothing()
				})
			})
		}
	}
}

// What the policy keeps apart it may join later, and part again: both sides see it at once.
func TestAChangedPolicyIsInForceAtOnce(t *testing.T) {
	for name, c := range apart {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := world(t, Config{Policy: allowing(t, c.change)})
				a, s, d := l.signedIn(t, alice), l.signedIn(t, cheri), l.signedIn(t, dana)
				status(t, a.publishes(pidf.State{Open: true}), 200)
				l.rule(t, alice, allows(dana))
				d.watches(alice)
				d.told()
				a.reads()
				a.expect(`0 full; dana@contoso.com active subscribe "Dana" ""`)
				s.watches(alice, "Subject: It is me")
				s.told()

				l.Enforce(allowing(t))
				a.expect(`1 partial; cheri@outlook.com pending subscribe "Cheri" "It is me"`)
				synctest.Wait()
				s.nothing()
				l.decide(t, cheri, alice, presrules.External, nil)
				l.rule(t, alice, presrules.Rules{People: map[string]presrules.Level{dana: presrules.Colleagues, cheri: presrules.External}})
				a.expect(`2 partial; cheri@outlook.com active approved "Cheri" "It is me"`)
				if state, got := s.told(); state != "active" || !got.Open {
					t.Errorf("cheri sees alice %s %+v", state, got)
				}
				status(t, a.watches(cheri), 200)
				if state, _ := a.told(); state != "active" {
					t.Errorf("alice sees cheri %s", state)
				}
				status(t, s.says(alice, "Hello"), 200)
				a.next(sip.MESSAGE)

				l.Enforce(allowing(t, c.change))
				for range 2 { // who watches her, and whom she watches: which is first is nobody's business
					n := a.next(sip.NOTIFY)
					if header(n, "Event") == "presence" && header(n, "Subscription-State") != "terminated;reason=probation;retry-after=1" {
						t.Errorf("alice is told\n%s", n)
					}
				}
				if state, got := s.told(); state != "pending" || got.Open {
					t.Errorf("cheri sees alice %s %+v when the policy parts them", state, got)
				}
				status(t, s.says(alice, "Hello"), 403)
				status(t, a.watches(cheri, "Call-ID: again"), 403)
				status(t, a.publishes(pidf.State{Open: true, Activity: pidf.ActivityBusy}), 200)
				synctest.Wait()
				s.nothing()

				l.Enforce(nil)
				if state, got := s.told(); state != "active" || got.Activity != pidf.ActivityBusy {
					t.Errorf("cheri sees alice %s %+v when there is no policy any more", state, got)
				}
			})
		})
	}
}

// A request that the policy keeps back is not lost: it shows once the policy lets it, wherever its sender is.
func TestARequestThatWasKeptBackAppears(t *testing.T) {
	for _, restart := range []bool{false, true} {
		t.Run(fmt.Sprint("restart ", restart), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				dir := t.TempDir()
				off := allowing(t, "global.EnablePublicCloudAccess = false")
				l := world(t, Config{Data: dir, Policy: off})
				s := l.signedIn(t, cheri)
				s.watches(alice, "Subject: It is me")
				s.told()
				_ = s.c.Close()
				synctest.Wait()
				if restart {
					if err := l.Close(); err != nil {
						t.Fatal(err)
					}
					l = world(t, Config{Data: dir, Policy: off})
				}
				a := l.signedIn(t, alice)
				a.reads()
				a.expect("0 full")
				l.Enforce(allowing(t))
				a.expect(`1 partial; cheri@outlook.com waiting timeout "Cheri" "It is me"`)
				l.Enforce(off)
				a.expect(`2 partial; cheri@outlook.com terminated noresource "Cheri" "It is me"`)
			})
		})
	}
}

// Only people on the receiver's contacts list: a stranger's request never shows, and shows presence to nobody.
func TestAnUnverifiableProviderReachesContactsOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{Policy: allowing(t, `provider.verification = "AlwaysUnverifiable"`)})
		l.decide(t, cheri, alice, presrules.External, nil)
		a, s := l.signedIn(t, alice), l.signedIn(t, cheri)
		a.reads()
		a.expect("0 full")
		status(t, s.watches(alice), 200)
		s.told()
		status(t, s.says(alice, "Hello"), 403)
		synctest.Wait()
		a.nothing()
		l.decide(t, alice, cheri, presrules.External, nil)
		a.expect(`1 partial; cheri@outlook.com active approved "Cheri" ""`)
		if state, _ := s.told(); state != "active" {
			t.Errorf("cheri sees alice %s", state)
		}
		status(t, s.says(alice, "Hello"), 200)
		a.next(sip.MESSAGE)
		l.decide(t, alice, cheri, presrules.Blocked, nil)
		if state, got := s.told(); state != "active" || got.Open {
			t.Errorf("blocked, cheri sees alice %s %+v: she has noticed", state, got)
		}
	})
}

func TestCallsMayBeRefusedWhileMessagesPass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{Policy: allowing(t, "global.EnablePublicCloudAudioVideoAccess = false")})
		l.decide(t, alice, cheri, presrules.External, nil)
		l.decide(t, cheri, alice, presrules.External, nil)
		a, s := l.signedIn(t, alice), l.signedIn(t, cheri)
		for _, body := range []string{"", sdpCall, "v=0\r\nm=audio 1 RTP/AVP 9\r\n"} {
			own, others := a.do("INVITE", cheri, body), s.do("INVITE", alice, body)
			status(t, own, 488)
			status(t, others, 488)
			if header(own, "Warning") != `304 lab "Your Administrator Does Not Allow Calls with Skype"` || strings.Contains(others.String(), "Administrator") {
				t.Errorf("alice is told %s\ncheri is told %s", own, others)
			}
		}
		status(t, a.says(cheri, "Hello"), 200)
		s.next(sip.MESSAGE)
		status(t, s.says(alice, "Hello"), 200)
		a.next(sip.MESSAGE)
		a.nothing()
		s.nothing()
	})
}

func TestWhatRingsStopsRingingWhenThePolicyChanges(t *testing.T) {
	for _, change := range []string{"global.EnablePublicCloudAudioVideoAccess = false", "provider.enabled = false"} {
		synctest.Test(t, func(t *testing.T) {
			l := world(t, Config{Policy: allowing(t)})
			l.decide(t, alice, cheri, presrules.External, nil)
			l.decide(t, cheri, alice, presrules.External, nil)
			a, s, d := l.signedIn(t, alice), l.signedIn(t, cheri), l.signedIn(t, dana)
			a.answer, d.answer = silent, silent
			s.write(s.message("INVITE", alice, sdpCall))
			d.write(d.message("INVITE", alice, sdpCall))
			across, inside := a.next(sip.INVITE), a.next(sip.INVITE)
			if across.From().Address.Host != "outlook.com" {
				across, inside = inside, across
			}
			a.reply(across, 180)
			a.reply(inside, 180)
			l.Enforce(allowing(t, change))
			cancel := a.next(sip.CANCEL)
			if cancel.Via().Value() != across.Via().Value() {
				t.Error("the call inside the domain was cancelled")
			}
			a.reply(cancel, 200)
			a.reply(across, 487)
			a.next(sip.ACK)
			status(t, s.final(), 487)
			a.reply(inside, 486)
			a.next(sip.ACK)
			status(t, d.final(), 486)
		})
	}
}

// A call has a way around the consent if what comes inside a dialog is not looked at.
func TestADialogThatNobodyBeganOpensNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{Policy: allowing(t)})
		a, s := l.signedIn(t, alice), l.signedIn(t, cheri)
		inside := "To: <" + alice + ">;tag=made-up"
		status(t, s.do("MESSAGE", alice, "Hello", inside, "Content-Type: text/plain"), 403)
		status(t, s.do("INVITE", a.contact, sdpCall, inside), 603)
		status(t, s.do("UPDATE", a.contact, sdpCall, inside), 603)
		status(t, s.do("INFO", a.contact, "", inside), 403)
		synctest.Wait()
		a.nothing()
		l.decide(t, alice, cheri, presrules.External, nil)
		l.decide(t, cheri, alice, presrules.External, nil)
		status(t, s.do("MESSAGE", alice, "x", inside, "Content-Type: image/png"), 415)
		status(t, s.do("INVITE", alice, "v=0\r\nm=message 1 TCP/MSRP *\r\n"), 488)
		a.nothing()
		status(t, s.do("BYE", a.contact, "", inside), 200) // what ends a call always passes
		a.next(sip.BYE)
	})
}

func TestOtherOrganisationsByPolicy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{Policy: allowing(t, "global.EnableFederationAccess = false")})
		l.rule(t, alice, allows(gina))
		l.rule(t, gina, allows(alice))
		a, g, d := l.signedIn(t, alice), l.signedIn(t, gina), l.signedIn(t, dana)
		a.reads()
		a.expect("0 full")
		for _, res := range []*sip.Response{g.watches(alice), g.says(alice, "x"), g.do("OPTIONS", alice, ""), g.do("INVITE", alice, "")} {
			status(t, res, 403)
			if res.Reason != "Your Administrator Does Not Allow Other Organisations" {
				t.Errorf("gina is told %s", res.Reason)
			}
		}
		status(t, d.says(alice, "x"), 200)
		a.next(sip.MESSAGE)
		l.Enforce(allowing(t))
		status(t, g.watches(alice, "Call-ID: again"), 200)
		if state, _ := g.told(); state != "active" {
			t.Errorf("gina sees alice %s", state)
		}
		status(t, g.says(alice, "x"), 200)
	})
}

// records is a log that a test reads.
type records struct {
	mu  sync.Mutex
	all strings.Builder
}

func (r *records) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.all.Write(p)
}

func (r *records) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.all.String()
}

func (r *records) logger() *slog.Logger { return slog.New(slog.NewTextHandler(r, nil)) }

func TestRefusalsAreLoggedOnceInAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log records
		l := world(t, Config{Log: log.logger(), Policy: allowing(t, "global.EnablePublicCloudAccess = false")})
		s := l.signedIn(t, cheri)
		for range 50 {
			status(t, s.says(alice, "secret words"), 403)
		}
		want := `deed=write from=sip:cheri@outlook.com to=sip:alice@contoso.com rule=EnablePublicCloudAccess of=sip:alice@contoso.com set=global`
		if got := log.String(); strings.Count(got, want) != 1 || strings.Count(got, "refused by policy") != 1 || strings.Contains(got, "secret") {
			t.Errorf("logged %s", got)
		}
		time.Sleep(refusalWindow)
		status(t, s.says(alice, "again"), 403)
		if got := strings.Count(log.String(), want); got != 2 {
			t.Errorf("after a while it is logged %d times", got)
		}
		r := policy.Refusal{Rule: "x"}
		for i := range refusalLimit + 50 {
			l.locked(func() { l.refusals.note(l, policy.Watch, &person{aor: fmt.Sprint(i)}, &person{aor: alice}, r) })
		}
		if got := strings.Count(log.String(), "refused by policy"); got > refusalLimit+1 {
			t.Errorf("%d refusals are logged", got)
		}
		time.Sleep(refusalWindow)
		status(t, s.says(alice, "again"), 403)
		if !strings.Contains(log.String(), "refusals=51") {
			t.Error("the log does not say that more was refused")
		}
	})
}

// It is SIP on both sides of the gateway, so that any domain can stand for the public provider, from one moment to
// the next.
func TestAnotherDomainStandsForSkype(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		l.rule(t, gina, allows(alice))
		a, g := l.signedIn(t, alice), l.signedIn(t, gina)
		status(t, a.publishes(pidf.State{Open: true, Activity: pidf.ActivityBeRightBack}), 200)
		status(t, a.says(gina, "x"), 200)
		g.next(sip.MESSAGE)
		p := allowing(t)
		p.Provider.Domains = []string{"fabrikam.com"}
		l.Enforce(p)
		if !l.Public(gina) || l.Public(cheri) || l.Public(alice) {
			t.Error("the sides are not those of the policy")
		}
		status(t, a.says(gina, "x"), 403) // nobody has accepted anybody
		l.decide(t, alice, gina, presrules.External, nil)
		status(t, g.watches(alice), 200)
		if state, s := g.told(); state != "active" || s.Activity != pidf.ActivityAway {
			t.Errorf("gina sees alice %s %+v", state, s)
		}
		status(t, a.says(gina, "x"), 200)
		status(t, a.says(gina, "x", "Content-Type: image/png"), 415)
	})
}
