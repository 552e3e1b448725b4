package lab

import (
	"time"

	"golync/internal/lab/policy"
)

// Bounds of what the administrator's log says of refusals: each once in a while, and so many in all.
const (
	refusalWindow = 10 * time.Minute
	refusalLimit  = 200
)

// refusals are those that the log has been told of.
type refusals struct {
	since  time.Time
	told   map[refusalKey]bool
	silent int // that the log has not been told of for want of room
}

// refusalKey is what makes two refusals the same for the log.
type refusalKey struct {
	from, to string
	deed     policy.Deed
	rule     policy.Rule
}

// note logs a refusal with who, whom and which rule, unless the log has had it a moment ago.
func (f *refusals) note(l *Lab, deed policy.Deed, from, to *person, r policy.Refusal) {
	now := l.now()
	if f.told == nil || now.Sub(f.since) >= refusalWindow {
		if f.silent > 0 {
			l.log.Warn("lab: more was refused by policy than is logged", "refusals", f.silent)
		}
		*f = refusals{since: now, told: map[refusalKey]bool{}}
	}
	key := refusalKey{from.aor, to.aor, deed, r.Rule}
	switch {
	case f.told[key]:
	case len(f.told) >= refusalLimit:
		f.silent++
	default:
		f.told[key] = true
		l.log.Info("lab: refused by policy", "deed", string(deed), "from", from.aor, "to", to.aor,
			"rule", string(r.Rule), "of", r.Of, "set", string(r.From))
	}
}
