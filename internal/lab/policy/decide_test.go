package policy

import (
	"fmt"
	"strings"
	"testing"
)

var (
	alice = Party{Address: "sip:alice@contoso.com"}
	dana  = Party{Address: "sip:dana@contoso.com"}
	gina  = Party{Address: "sip:gina@fabrikam.com"}
	cheri = Party{Address: "sip:cheri@outlook.com", Public: true}
	bob   = Party{Address: "sip:bob(contoso.com)@msn.com", Public: true}
)

// setting is what a file may say of a switch: nothing, on or off, globally and for the user.
type setting struct{ global, user *bool }

func settings() (all []setting) {
	yes, no := true, false
	for _, global := range []*bool{nil, &no, &yes} {
		for _, user := range []*bool{nil, &no, &yes} {
			all = append(all, setting{global, user})
		}
	}
	return all
}

// on is what the fact sheet makes of it: the user's word, else the global one, else off.
func (s setting) on() bool {
	if s.user != nil {
		return *s.user
	}
	return s.global != nil && *s.global
}

func (s setting) put(p *Policy, sw Switch) {
	if s.global != nil {
		p.Global[sw] = *s.global
	}
	if s.user != nil {
		p.Users[alice.Address][sw] = *s.user
	}
}

func empty() *Policy {
	return &Policy{Global: map[Switch]bool{}, Users: map[string]map[Switch]bool{alice.Address: {}}, Domains: map[string]Setup{}}
}

// Every combination of provider, level, domain and both switches, with every deed in either direction.
func TestWhatCrossesTheGatewayInEveryCombination(t *testing.T) {
	n := 0
	for _, enabled := range []bool{false, true} {
		for _, level := range []Verification{AlwaysVerifiable, AlwaysUnverifiable, UseSourceVerification} {
			for _, setup := range []Setup{"", Pending, Done} {
				for _, cloud := range settings() {
					for _, video := range settings() {
						p := empty()
						p.Provider = Provider{Name: "Skype", Enabled: enabled, Verification: level}
						if setup != "" {
							p.Domains["contoso.com"] = setup
						}
						cloud.put(p, PublicCloud)
						video.put(p, PublicCloudAudioVideo)
						for _, deed := range []Deed{Find, Watch, Write, Call} {
							for _, listed := range []bool{false, true} {
								open := enabled && setup == Done
								may := open && cloud.on() && (deed != Call || video.on())
								in := may && (listed || level != AlwaysUnverifiable)
								if deed == Find {
									in = open // found, and then it stays with the question mark
								}
								for _, skype := range []Party{cheri, bob} {
									expect(t, p, Ask{alice, skype, deed, listed}, may)
									expect(t, p, Ask{skype, alice, deed, listed}, in)
								}
								n += 4
							}
						}
					}
				}
			}
		}
	}
	t.Logf("%d combinations", n)
}

func expect(t *testing.T, p *Policy, a Ask, want bool) {
	t.Helper()
	r := p.Decide(a)
	if r.Refused() == want {
		t.Fatalf("%+v by %+v: %+v, want it to pass: %v", a, p, r, want)
	}
	governed := a.From
	if governed.Public {
		governed = a.To
	}
	if own := !a.From.Public; r.Refused() && (r.Words() != "") != own {
		t.Fatalf("%+v: whose rule is %s, and it says %q", a, governed.Address, r.Words())
	}
}

func TestOtherOrganisationsNeedBothUsersEnabled(t *testing.T) {
	for _, global := range []bool{false, true} {
		for _, one := range settings() {
			for _, other := range settings() {
				one.global, other.global = &global, &global
				p := empty()
				p.Users[gina.Address] = map[Switch]bool{}
				one.put(p, Federation)
				if other.user != nil {
					p.Users[gina.Address][Federation] = *other.user
				}
				for _, deed := range []Deed{Find, Watch, Write, Call} {
					for _, ends := range [][2]Party{{alice, gina}, {gina, alice}} {
						r := p.Decide(Ask{From: ends[0], To: ends[1], Deed: deed})
						if want := one.on() && other.on(); r.Refused() == want {
							t.Errorf("%s to %s: %+v, want it to pass: %v", ends[0].Address, ends[1].Address, r, want)
						}
						if r.Refused() && (r.Words() != "") != (r.Of == ends[0].Address) {
							t.Errorf("%s is told %q about the setting of %s", ends[0].Address, r.Words(), r.Of)
						}
					}
				}
			}
		}
	}
}

func TestInsideADomainAndAmongSkypeUsersThereIsNoPolicy(t *testing.T) {
	for _, ends := range [][2]Party{{alice, dana}, {dana, alice}, {cheri, bob}, {alice, alice}} {
		for _, deed := range []Deed{Find, Watch, Write, Call} {
			if r := empty().Decide(Ask{From: ends[0], To: ends[1], Deed: deed}); r.Refused() {
				t.Errorf("%v: %+v", ends, r)
			}
		}
	}
	var none *Policy
	if r := none.Decide(Ask{From: cheri, To: alice, Deed: Call}); r.Refused() {
		t.Errorf("without a policy: %+v", r)
	}
	if on, _ := none.Effective(alice.Address, PublicCloud); !on {
		t.Error("without a policy the switch is off")
	}
}

// Who uses another provider's name learns of that one and of no other; what fits no reason phrase is not put into one.
func TestTheWordsNameTheProvider(t *testing.T) {
	for name, says := range map[string]string{
		"Tailspin": "Tailspin", "Skype": "Skype", "T\"oys": "The Public Provider", "Größe": "The Public Provider", "": "The Public Provider",
		strings.Repeat("x", 200): "The Public Provider",
	} {
		for _, change := range []func(*Policy){
			func(p *Policy) { p.Provider.Enabled = false },
			func(p *Policy) { clear(p.Domains) },
			func(p *Policy) { p.Domains["contoso.com"] = Pending },
			func(p *Policy) { p.Global[PublicCloud] = false },
			func(*Policy) {},
		} {
			p := empty()
			p.Provider, p.Global[PublicCloud], p.Domains["contoso.com"] = Provider{Name: name, Enabled: true}, true, Done
			change(p)
			words := p.Decide(Ask{From: alice, To: cheri, Deed: Call}).Words()
			if !strings.Contains(words, says) || says != "Skype" && strings.Contains(words, "Skype") {
				t.Errorf("of %q it says %q", name, words)
			}
		}
	}
}

// The administrator finds the rule in the log by its name, whom it is about, and where it stands.
func TestARefusalNamesItsRule(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Policy)
		ask    Ask
		want   string
	}{
		"provider":        {func(p *Policy) { p.Provider.Enabled = false }, Ask{From: cheri, To: alice}, "ProviderDisabled Skype provider"},
		"no domain":       {func(p *Policy) { clear(p.Domains) }, Ask{From: cheri, To: alice}, "DomainNotProvisioned contoso.com default"},
		"pending":         {func(p *Policy) { p.Domains["contoso.com"] = Pending }, Ask{From: alice, To: bob}, "DomainPending contoso.com domain"},
		"user":            {func(p *Policy) { p.Users[alice.Address][PublicCloud] = false }, Ask{From: cheri, To: alice}, "EnablePublicCloudAccess sip:alice@contoso.com user"},
		"global":          {func(p *Policy) { p.Global[PublicCloud] = false }, Ask{From: cheri, To: alice}, "EnablePublicCloudAccess sip:alice@contoso.com global"},
		"default":         {func(p *Policy) { clear(p.Global) }, Ask{From: cheri, To: alice}, "EnablePublicCloudAccess sip:alice@contoso.com default"},
		"calls":           {func(*Policy) {}, Ask{From: cheri, To: alice, Deed: Call}, "EnablePublicCloudAudioVideoAccess sip:alice@contoso.com default"},
		"stranger":        {func(p *Policy) { p.Provider.Verification = AlwaysUnverifiable }, Ask{From: cheri, To: alice}, "VerificationLevel Skype provider"},
		"not federated":   {func(*Policy) {}, Ask{From: gina, To: alice}, "EnableFederationAccess sip:gina@fabrikam.com default"},
		"nothing refuses": {func(*Policy) {}, Ask{From: cheri, To: alice}, "  "},
	} {
		p := empty()
		p.Provider, p.Global[PublicCloud], p.Domains["contoso.com"] = Provider{Name: "Skype", Enabled: true, Verification: AlwaysVerifiable}, true, Done
		c.change(p)
		r := p.Decide(c.ask)
		if got := fmt.Sprint(r.Rule, " ", r.Of, " ", r.From); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if strings.ContainsAny(r.Words(), "\r\n\"") {
			t.Errorf("%s: %q is no reason phrase", name, r.Words())
		}
	}
}
