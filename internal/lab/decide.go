package lab

import (
	"slices"

	"golync/sipclient/presrules"
)

// verdict is what the presence rules give a watcher, and when they allow him, how much he may see.
type verdict struct {
	handling presrules.Handling
	level    presrules.Level
}

// decide reads a person's rules for one watcher. A person's own devices may always watch. Whom another
// program's rule allows sees what his place gives him: Colleagues inside the domain, External outside.
func (p *person) decide(watcher string) verdict {
	if watcher == p.aor {
		return verdict{presrules.Allow, presrules.FriendsAndFamily}
	}
	handling, level := p.rules.Decide(watcher)
	if handling != presrules.Allow {
		return verdict{handling: handling}
	}
	if level == 0 {
		level = presrules.External
		if domainOf(watcher) == p.domain {
			level = presrules.Colleagues
		}
	}
	return verdict{handling, level}
}

// allowsOutside reports whether the person's rules allow everybody of a domain.
func (p *person) allowsOutside(domain string) bool { return slices.Contains(p.outside, domain) }

// govern takes a new rules document; an empty one means none. A document that cannot be read changes nothing.
func (p *person) govern(document []byte, etag string) error {
	d, err := presrules.Parse(document)
	if err != nil {
		return err
	}
	p.document, p.etag, p.rules, p.outside = document, etag, d, d.Rules().OutsideAllowed
	return nil
}
