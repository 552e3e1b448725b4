// Package doctor explains the chain between the user and one person (design sections 7 and 10): it walks from
// the configuration to the question who waits for whom, link by link, and reports of each what was tried,
// what came back, and what to do.
//
// It leaves nothing behind: its registration has an instance of its own, a short life, and is taken back at
// the end; its subscriptions are ended; it publishes nothing; and to whoever is not in the user's list it sends
// no SUBSCRIBE, because that would be a request. The account's data are only read.
package doctor

import (
	"cmp"
	"context"
	"crypto/x509"
	"io"
	"time"

	"golync/contacts"
	"golync/internal/config"
	"golync/sipclient"
	"golync/sipclient/flow"
	"golync/sipclient/presrules"
)

// Case is what is to be examined. Settings is needed, or Trouble.
type Case struct {
	Settings config.Settings
	Trouble  error            // why there are no Settings, or why its certificates cannot be read
	Address  contacts.Address // the other person; empty for the chain up to the user's own presence
	RootCAs  *x509.CertPool   // nil means the system's
	// Ask asks the user for the password when none is configured; nil when there is nobody to ask.
	Ask func(context.Context) (string, error)

	Resolver flow.Resolver // nil means the system's
	Dial     flow.DialFunc // nil means net.Dialer
	Trace    io.Writer     // nil means no wire trace
	// Patience is how long to wait for what may come or not, such as a NOTIFY; 0 means eight seconds.
	Patience time.Duration
	Now      func() time.Time // nil means time.Now
	// NewAgent makes the user agent that does the asking; nil means sipclient.New.
	NewAgent func(sipclient.Options) (Agent, error)
}

// Agent is what the doctor needs of *sipclient.Client, whose methods say what each promises.
type Agent interface {
	SignIn(context.Context) error
	SignOut(context.Context) error
	Close() error
	Watch(uri, introduction string)
	Ask(ctx context.Context, uri string) (sipclient.Answer, error)
	AskPresence(context.Context) (sipclient.Answer, error)
	ReadRules(context.Context) (presrules.Document, bool, error)
	AskXCAP(context.Context) (int, error)
}

// defaultPatience is longer than a slow server takes, and shorter than a person who waits for the report.
const defaultPatience = 8 * time.Second

// links is the chain. A link is skipped when one that it needs is not well.
var links = []struct {
	link    Link
	needs   []Link
	between bool // about the other person
	examine func(context.Context, *walk, *Finding)
}{
	{link: Configuration, examine: configuration},
	{link: Password, needs: []Link{Configuration}, examine: password},
	{link: Data, needs: []Link{Configuration}, examine: data},
	{link: DNS, needs: []Link{Configuration}, examine: dns},
	{link: Connection, needs: []Link{DNS}, examine: connection},
	{link: TLS, needs: []Link{Connection}, examine: certificate},
	{link: Registration, needs: []Link{TLS, Password}, examine: registration},
	{link: Presence, needs: []Link{Registration}, examine: presence},
	{link: Watchers, needs: []Link{Registration}, examine: watchers},
	{link: Rules, needs: []Link{Registration}, examine: rules},
	{link: Decision, needs: []Link{Configuration}, between: true, examine: decision},
	{link: Policy, needs: []Link{Registration}, between: true, examine: policy},
	{link: Answer, needs: []Link{Registration}, between: true, examine: answer},
	{link: Alerts, needs: []Link{Data}, examine: alerting},
	{link: Waiting, needs: []Link{Data}, between: true, examine: waiting},
}

// Examine walks the chain. It returns when every link has been tried or skipped, or soon after ctx has ended.
func Examine(ctx context.Context, c Case) Report {
	w := newWalk(c)
	for _, l := range links {
		if l.between && (w.Address == "" || w.self()) {
			continue
		}
		f := Finding{Link: l.link, State: OK}
		if f.because = cmp.Or(w.ended, w.lame(l.needs)); f.because != "" {
			f.State = Skipped
		} else {
			l.examine(ctx, w, &f)
		}
		if ctx.Err() != nil && f.because == "" {
			f = Finding{Link: l.link} // what it found may come of the interruption
			f.fault(Interrupted, "Let it come to its end: it takes a minute at most where all is silent.")
			w.ended = cmp.Or(w.ended, l.link)
		}
		w.report.Findings = append(w.report.Findings, f)
	}
	w.leave(ctx)
	w.report.Account, w.report.Address = w.Settings.Account, w.Address
	return w.report
}
