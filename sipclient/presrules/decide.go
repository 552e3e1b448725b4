package presrules

// Decide says what a watcher gets, and by which rule set of golync: the rules that fit are combined as
// RFC 4745 section 10.2 combines actions, the highest handling winning. Level is that of golync's rule that
// decided, External for the rule about everybody outside, and zero when another program's rule did.
//
// When no rule fits, a watcher waits for the user: Confirm. RFC 5025 would refuse; Kamailio waits too, and
// without it nobody would ever reach the New tab.
func (d Document) Decide(watcher string) (Handling, Level) {
	addr := canonical(watcher)
	_, host := split(watcher)
	best, level, found := Confirm, Level(0), false
	for _, r := range d.rules {
		if !r.fits(addr, host) {
			continue
		}
		if !found || r.handling > best || (r.handling == best && level == 0) {
			best, level, found = r.handling, r.level, true
		}
	}
	return best, level
}

func (r rule) fits(addr, host string) bool {
	if r.identity == nil {
		return true
	}
	for _, m := range r.identity {
		if m.fits(addr, host) {
			return true
		}
	}
	return false
}

func (m match) fits(addr, host string) bool {
	if m.except == nil {
		return m.one == addr
	}
	return (m.domain == "" || m.domain == host) && !m.except[addr] && !m.except["@"+host]
}

// Rules gives back what golync wrote: how another device of the user's learns what was decided on this one.
// People of whom two rules of golync speak have the later one's level.
func (d Document) Rules() Rules {
	r := Rules{People: make(map[string]Level)}
	for _, rule := range d.rules {
		for _, m := range rule.identity {
			switch {
			case rule.level == 0:
			case m.except == nil:
				r.People["sip:"+m.one] = rule.level
			case rule.outside && m.domain != "":
				r.OutsideAllowed = append(r.OutsideAllowed, m.domain)
			}
		}
	}
	return r
}

func levelOf(id string) Level {
	if id == outsideID {
		return External
	}
	for level, own := range ids {
		if own == id {
			return level
		}
	}
	return 0
}
