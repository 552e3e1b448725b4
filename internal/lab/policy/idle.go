package policy

import (
	"fmt"
	"slices"
	"strings"
)

// A line that can never apply stands there because somebody thinks that it does: it is warned of.

// placed is a user's line, as it was written.
type placed struct {
	file    string
	line    int
	address string
}

func (u placed) warn(format string, args ...any) string {
	return fmt.Sprintf("%s:%d: %s %s", u.file, u.line, u.address, fmt.Sprintf(format, args...))
}

// idle warns of what can never apply, once the whole file has been read.
func (r *reader) idle() {
	for _, u := range r.p.places {
		if r.p.Public(domainOf(u.address)) {
			r.p.Warnings = append(r.p.Warnings, u.warn("is a user of %s: a policy is for Lync users, so that this line does nothing", r.p.Provider.Name))
		}
	}
	for name, line := range r.setUp {
		if r.p.Public(name) {
			r.p.Warnings = append(r.p.Warnings, fmt.Sprintf("%s:%d: %s is %s's own domain: only Lync domains are set up for it, so that this line does nothing",
				r.path, line, name, r.p.Provider.Name))
		}
	}
}

// Against warns of the lines for Lync users who are not among these addresses, FILE:LINE as Policy.Warnings are.
func (p *Policy) Against(users []string) (warnings []string) {
	if p == nil {
		return nil
	}
	for _, u := range p.places {
		if p.Public(domainOf(u.address)) || slices.ContainsFunc(users, func(has string) bool { return strings.EqualFold(has, u.address) }) {
			continue
		}
		decorated := strings.Replace(u.address, "@", "(", 1) + ")@"
		if i := slices.IndexFunc(users, func(has string) bool {
			return len(has) > len(decorated) && strings.EqualFold(has[:len(decorated)], decorated)
		}); i >= 0 {
			warnings = append(warnings, u.warn("is not in the users file; %s, who is, is a user of %s, and a policy is for Lync users: this line does nothing",
				users[i], p.Provider.Name))
			continue
		}
		warnings = append(warnings, u.warn("is not in the users file: nobody signs in with it, so that its line does nothing"))
	}
	return warnings
}
