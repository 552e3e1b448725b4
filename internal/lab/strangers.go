package lab

import "time"

// Bounds of what the log says of refused sign-ins, as of refusals by policy: a program tries again and again, and
// whoever guesses passwords must not fill a disk.
const (
	strangersWindow = refusalWindow
	strangersLimit  = refusalLimit
)

// strangers are the refused sign-ins that the log has been told of, by address and host.
type strangers struct {
	since  time.Time
	told   map[[2]string]bool
	silent int // that the log has not been told of for want of room
}

// note logs that somebody on a link did not prove to be who the address says; p is nil when nobody has it.
func (f *strangers) note(l *Lab, k *link, aor string, p *person) {
	now := l.now()
	if f.told == nil || now.Sub(f.since) >= strangersWindow {
		if f.silent > 0 {
			l.log.Warn("lab: more sign-ins were refused than are logged", "refusals", f.silent)
		}
		*f = strangers{since: now, told: map[[2]string]bool{}}
	}
	host, _ := splitAddr(k.remote)
	key := [2]string{aor, host}
	switch {
	case f.told[key]:
	case len(f.told) >= strangersLimit:
		f.silent++
	default:
		f.told[key] = true
		why := "wrong password"
		if p == nil {
			why = "nobody has this address"
		}
		l.log.Warn("lab: sign-in refused", "address", aor, "from", k.remote, "transport", k.transport, "why", why)
	}
}
