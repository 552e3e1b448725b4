// Package policy is what the administrator of a lab allows: who may have to do with the public provider and
// with other organisations, in what way, and for which domains. It reads the policy file and decides; it
// touches neither network nor disk (design section 7, facts/lync-2013-client.md section 9).
package policy

import (
	"slices"
	"strings"
)

// Verification says what the provider's word on who somebody is counts for (CsPublicProvider).
type Verification string

// The levels. The last is deprecated and treated as AlwaysVerifiable.
const (
	AlwaysVerifiable      Verification = "AlwaysVerifiable"      // everybody's request arrives
	AlwaysUnverifiable    Verification = "AlwaysUnverifiable"    // only of people on the receiver's contacts list
	UseSourceVerification Verification = "UseSourceVerification" // as the provider says, which nobody says any more
)

// Provider is the public network on the far side of the gateway.
type Provider struct {
	Name         string
	Enabled      bool
	Verification Verification
	Domains      []string // whose people are its users; empty means Skype's
}

// Switch is a setting of CsExternalAccessPolicy.
type Switch string

// The switches, as the file spells them.
const (
	PublicCloud           Switch = "EnablePublicCloudAccess"           // may have to do with Skype users
	PublicCloudAudioVideo Switch = "EnablePublicCloudAudioVideoAccess" // may call them too
	Federation            Switch = "EnableFederationAccess"            // may have to do with other organisations
)

// Switches lists them in the order of every table.
func Switches() []Switch { return []Switch{PublicCloud, PublicCloudAudioVideo, Federation} }

// Setup says how far a SIP domain is provisioned for the public provider.
type Setup string

// What the file may say of a domain. One that it does not name is not provisioned at all.
const (
	Done    Setup = "done"
	Pending Setup = "pending" // up to 30 days, says the fact sheet
)

// Policy is one policy file. A nil one allows everything: there is no administrator.
type Policy struct {
	Provider Provider
	Global   map[Switch]bool            // what is not in it is off
	Users    map[string]map[Switch]bool // by address of record in lower case; what is in it goes before Global
	Domains  map[string]Setup           // by name in lower case
	Warnings []string                   // FILE:LINE: what works, but not as somebody may think

	places []placed // where Users stand in the file
}

// Source says which part of the policy decided.
type Source string

// The parts of a policy.
const (
	FromUser     Source = "user"
	FromGlobal   Source = "global"
	FromProvider Source = "provider"
	FromDomain   Source = "domain"
	FromDefault  Source = "default" // nothing in the file says so
)

// Effective is what a switch comes to for one user, and where that stands: the user's own setting goes
// before the global one (facts/lync-2013-client.md section 9, precedence). Addresses are compared without case:
// a rule that somebody wrote with a capital letter must not be none.
func (p *Policy) Effective(user string, s Switch) (on bool, from Source) {
	if p == nil {
		return true, FromDefault
	}
	if on, ok := p.Users[strings.ToLower(user)][s]; ok {
		return on, FromUser
	}
	if on, ok := p.Global[s]; ok {
		return on, FromGlobal
	}
	return false, FromDefault
}

// Public reports whether the people of a SIP domain are users of the public provider. Without a word on that in the
// policy they are those of the specification ("This step is not required for Microsoft accounts that use") and
// of msn.com, which decorated accounts have.
func (p *Policy) Public(domain string) bool {
	domains := []string{"hotmail.com", "live.com", "msn.com", "outlook.com"}
	if p != nil && len(p.Provider.Domains) > 0 {
		domains = p.Provider.Domains
	}
	return slices.Contains(domains, strings.ToLower(domain))
}

// domainOf returns the host of an address of record.
func domainOf(aor string) string {
	_, domain, _ := strings.Cut(aor, "@")
	return strings.ToLower(domain)
}
