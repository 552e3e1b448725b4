package policy

import (
	"fmt"
	"strings"
)

// Party is one end of what is to pass.
type Party struct {
	Address string // address of record, "sip:user@host"
	Public  bool   // lives at the public provider
}

// Deed is what one party wants with the other.
type Deed string

// The deeds. Their names are words of the log.
const (
	Find  Deed = "find"  // ask whether somebody is there
	Watch Deed = "watch" // see the presence, which is also the request to be accepted
	Write Deed = "write" // a message, and what belongs to it
	Call  Deed = "call"  // audio or video
)

// Rule is what refuses, by the name under which an administrator finds it.
type Rule string

// The rules besides the switches, in the order in which they are asked.
const (
	ProviderDisabled     Rule = "ProviderDisabled"
	DomainNotProvisioned Rule = "DomainNotProvisioned"
	DomainPending        Rule = "DomainPending"
	VerificationLevel    Rule = "VerificationLevel"
)

// Ask is a question to the policy.
type Ask struct {
	From, To Party
	Deed     Deed
	// Listed says that To has From on the contacts list: the presence rules of To allow From.
	Listed bool
}

// Refusal is why something must not pass. The zero Refusal lets it pass.
type Refusal struct {
	Rule  Rule
	Of    string // whom it is about: an address, a domain or the provider
	From  Source // which part of the policy says so
	words string // for From of the question; empty when it may not know
}

// Refused reports whether it must not pass.
func (r Refusal) Refused() bool { return r.Rule != "" }

// Words tell the one who asked, when the rule is about that one's own account or server: a phrase of ASCII
// letters, fit for a reason phrase. They are empty when the rule is about the other one, who is nobody's
// business.
func (r Refusal) Words() string { return r.words }

// Decide says whether something may pass. Inside one domain, and among Skype users, everything does. Across
// the gateway the provider has to be on, the Lync side's domain provisioned and the Lync user enabled; between
// two Lync domains both users have to be enabled for federation.
func (p *Policy) Decide(a Ask) Refusal {
	switch {
	case p == nil, a.From.Public && a.To.Public:
		return Refusal{}
	case a.From.Public != a.To.Public:
		return p.acrossGateway(a)
	case domainOf(a.From.Address) == domainOf(a.To.Address):
		return Refusal{}
	}
	for _, one := range []Party{a.From, a.To} {
		words := ""
		if one == a.From {
			words = "Your Administrator Does Not Allow Other Organisations"
		}
		if r := p.off(one.Address, Federation, words); r.Refused() {
			return r
		}
	}
	return Refusal{}
}

// acrossGateway decides between a Skype user and a Lync user. Whoever looks for a Lync user finds him even
// when his policy is off: the specification has the request then not reach him, while nothing is found
// only where the domain is not set up.
func (p *Policy) acrossGateway(a Ask) Refusal {
	lync, own, name := a.To.Address, false, ""
	if !a.From.Public {
		lync, own, name = a.From.Address, true, p.Provider.called()
	}
	told := func(format string, args ...any) string {
		if !own {
			return ""
		}
		return fmt.Sprintf(format, args...)
	}
	domain := domainOf(lync)
	setup, known := p.Domains[domain]
	switch {
	case !p.Provider.Enabled:
		return Refusal{ProviderDisabled, p.Provider.Name, FromProvider, told("%s Contacts Are Switched Off Here", name)}
	case !known:
		return Refusal{DomainNotProvisioned, domain, FromDefault, told("%s Is Not Set Up for %s", domain, name)}
	case setup != Done:
		return Refusal{DomainPending, domain, FromDomain, told("%s Is Being Set Up for %s", domain, name)}
	case a.Deed == Find && !own:
		return Refusal{}
	}
	if r := p.off(lync, PublicCloud, told("Your Administrator Does Not Allow %s Contacts", name)); r.Refused() {
		return r
	}
	if a.Deed == Call {
		if r := p.off(lync, PublicCloudAudioVideo, told("Your Administrator Does Not Allow Calls with %s", name)); r.Refused() {
			return r
		}
	}
	if !own && !a.Listed && p.Provider.Verification == AlwaysUnverifiable {
		return Refusal{VerificationLevel, p.Provider.Name, FromProvider, ""}
	}
	return Refusal{}
}

// called is the provider's name where it fits a reason phrase and a quoted string in ASCII.
func (p Provider) called() string {
	const longest = 40
	if p.Name == "" || len(p.Name) > longest || strings.ContainsFunc(p.Name, func(c rune) bool { return c < ' ' || c > '~' || c == '"' || c == '\\' }) {
		return "The Public Provider"
	}
	return p.Name
}

// off refuses when a user's switch is off.
func (p *Policy) off(user string, s Switch, words string) Refusal {
	on, from := p.Effective(user, s)
	if on {
		return Refusal{}
	}
	return Refusal{Rule(s), user, from, words}
}
