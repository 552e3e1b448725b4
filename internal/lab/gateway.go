package lab

import (
	"strings"

	"golync/internal/lab/policy"
	"golync/sipclient/presrules"
)

// Public reports whether an address is of a user of the public provider, who stands on the far side of the
// gateway.
func (l *Lab) Public(address string) (public bool) {
	l.locked(func() { public = l.policy.Public(domainOf(address)) })
	return public
}

// Decorate returns the address of record of a Microsoft account: itself in a public domain, else
// user(domain)@msn.com, as the specification has it typed for Skype's own domains.
func Decorate(account string) string {
	user, domain, _ := strings.Cut(strings.TrimPrefix(account, "sip:"), "@")
	domain = strings.ToLower(domain)
	if skype := (*policy.Policy)(nil); skype.Public(domain) {
		return "sip:" + user + "@" + domain
	}
	return "sip:" + user + "(" + domain + ")@msn.com"
}

// across reports whether the gateway stands between two people.
func across(a, b *person) bool { return a.skype != b.skype }

// verdictFor decides what a watcher gets of somebody's presence. What the policy refuses stays pending. Inside
// one side of the gateway the rest is for the watched person alone. Across it nothing flows before both have allowed each other; being blocked
// does not wait, because a blocked person shall not learn of it.
func (l *Lab) verdictFor(watched *person, watcher string) verdict {
	if l.hides(watched, watcher) {
		return verdict{handling: presrules.Confirm}
	}
	v := watched.decide(watcher)
	other := l.people[watcher]
	if other == nil || !across(watched, other) || v.handling != presrules.Allow {
		return v
	}
	if other.decide(watched.aor).handling != presrules.Allow {
		return verdict{handling: presrules.Confirm}
	}
	return v
}

// consents reports whether a message or call from one person may cross the gateway to another: both have
// allowed each other, or the receiver lets everybody outside reach him (alerts: "Allow anyone to contact me").
func consents(from, to *person) bool {
	if !across(from, to) {
		return true
	}
	if to.decide(from.aor).handling != presrules.Allow {
		return false
	}
	return to.allowsOutside(from.domain) || from.decide(to.aor).handling == presrules.Allow
}
