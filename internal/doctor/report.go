package doctor

import (
	"fmt"
	"slices"

	"golync/contacts"
	"golync/internal/text"
)

// Link is the name of a link of the chain. The names are stable: programs read them (docs/doctor.md).
type Link string

// The links, in the order in which they are tried. Those from Decision to Answer, and Waiting, are about the
// other person.
const (
	Configuration Link = "configuration"
	Password      Link = "password"
	Data          Link = "data"
	DNS           Link = "dns"
	Connection    Link = "connection"
	TLS           Link = "tls"
	Registration  Link = "registration"
	Presence      Link = "presence"
	Watchers      Link = "watchers"
	Rules         Link = "rules"
	Decision      Link = "decision"
	Policy        Link = "policy"
	Answer        Link = "answer"
	Alerts        Link = "alerts"
	Waiting       Link = "waiting"
)

// State is how a link was found.
type State string

// The states of a link.
const (
	OK      State = "ok"
	Faulty  State = "fault"
	Skipped State = "skipped" // not tried; Came says why
	Unknown State = "unknown" // tried, but nobody tells
)

// Finding is what is known of one link. Everything in it is fit for a terminal.
type Finding struct {
	Link  Link
	State State
	Fault Fault       // empty unless State is Faulty
	Tried []text.Safe // what was done
	Came  []text.Safe // what came of it
	Do    []text.Safe // what to do about it

	because Link // the link for which it was skipped, empty when it was not
}

// Report is the whole chain.
type Report struct {
	Account  contacts.Address // empty when none is configured
	Address  contacts.Address // the other person; empty when nobody was asked about
	Findings []Finding
}

// Faults returns the faults found, each once, in the order of the chain.
func (r Report) Faults() []Fault {
	var all []Fault
	for _, f := range r.Findings {
		if f.Fault != "" && !slices.Contains(all, f.Fault) {
			all = append(all, f.Fault)
		}
	}
	return all
}

// Well reports whether no fault was found.
func (r Report) Well() bool { return len(r.Faults()) == 0 }

// say makes a line of the program's words and of what others wrote in them, which is cleaned.
func say(format string, args ...any) text.Safe { return text.From(fmt.Sprintf(format, args...)).Line() }

func (f *Finding) tried(format string, args ...any) { f.Tried = append(f.Tried, say(format, args...)) }

func (f *Finding) came(format string, args ...any) { f.Came = append(f.Came, say(format, args...)) }

func (f *Finding) advise(format string, args ...any) { f.Do = append(f.Do, say(format, args...)) }

// fault names what is wrong, and says what to do about it.
func (f *Finding) fault(name Fault, format string, args ...any) {
	f.State, f.Fault = Faulty, name
	f.advise(format, args...)
}

// skip says why a link was not tried.
func (f *Finding) skip(format string, args ...any) {
	f.State = Skipped
	f.came(format, args...)
}

// unknown says that nobody tells.
func (f *Finding) unknown(format string, args ...any) {
	f.State = Unknown
	f.came(format, args...)
}
