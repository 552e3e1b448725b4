package doctor

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"golync/sipclient"
	"golync/sipclient/flow"
)

// Times of the registration.
const (
	// registerFor is as short as registrars commonly allow: so soon is it gone when the doctor is killed.
	registerFor  = time.Minute
	signInWithin = 35 * time.Second // timer F of RFC 3261 section 17.1.2.2, and a little
)

// registration signs in as golync does, with the program's own user agent.
func registration(ctx context.Context, w *walk, f *Finding) {
	if w.plain != nil {
		_ = w.plain.Close()
		w.plain = nil
	}
	s := &w.Settings
	trace := io.Writer(w.seen)
	if w.Trace != nil {
		trace = io.MultiWriter(w.seen, w.Trace)
	}
	agent, err := w.NewAgent(sipclient.Options{
		Account: sipclient.Account{
			URI: string(s.Account), Server: s.Server, Transport: s.Transport, XCAP: s.XCAP,
			Password: func(context.Context) (string, error) { return w.password, nil },
		},
		Emit: w.seen.emit, Admit: w.seen.admit, Plain: true,
		Inbox:   func(_ sipclient.Message, done func(error)) { done(sipclient.ErrNotSignedIn) }, // admit lets nothing come so far
		RootCAs: w.RootCAs, Resolver: w.Resolver, Dial: w.Dial, Trace: trace, Now: w.Now,
		RegisterFor: registerFor, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		f.came("%v", err)
		f.fault(BadConfiguration, "Mend that in the configuration.")
		return
	}
	f.tried("REGISTER sip:%s as %s, for a minute, as a device of its own", s.Account.Host(), s.Account.IM())
	within, cancel := context.WithTimeout(ctx, signInWithin)
	defer cancel()
	err = agent.SignIn(within)
	w.seen.mu.Lock()
	for _, a := range w.seen.answers {
		f.came("%s", a)
	}
	w.seen.mu.Unlock()
	if err != nil {
		_ = agent.Close()
		w.unregistered(f, err)
		return
	}
	w.agent = agent
	if in := w.seen.in; in != nil {
		f.came("signed in at %s over %s", in.Server, in.Transport)
	}
}

// unregistered names why signing in did not work.
func (w *walk) unregistered(f *Finding, err error) {
	var refused *sipclient.ResponseError
	var broken *flow.Error
	switch {
	case errors.Is(err, sipclient.ErrPassword):
		f.came("the password was not accepted")
		f.fault(WrongPassword, "Correct the password, or the account it belongs to.")
	case errors.As(err, &refused):
		registerRefused(f, refused.Code)
	case errors.As(err, &broken) && (broken.Kind == flow.Refused || broken.Kind == flow.Unreachable):
		f.came("%v", broken) // over UDP it is learnt only now
		f.fault(Unreachable, "Start the server, open the way through the firewall, or correct name and port.")
	case errors.As(err, &broken):
		f.came("%v", broken)
		f.fault(ConnectionLost, "The connection could be opened before: look into the server's log.")
	case errors.Is(err, sipclient.ErrNoAnswer), errors.Is(err, context.DeadlineExceeded):
		f.came("no answer")
		f.fault(NoAnswer, "Whatever listens there does not answer SIP requests: check the port, and the server's log.")
	default:
		f.came("%v", err)
		f.fault(ConnectionLost, "The server closed the connection: look into its log.")
	}
}

// registerRefused names a final response to REGISTER.
func registerRefused(f *Finding, code int) {
	switch {
	case code == 404:
		f.fault(NoSuchAccount, "The server does not know this account or its domain: correct the address.")
	case code == 401 || code == 407:
		f.fault(WrongPassword, "The server challenges in a way that golync cannot answer, or refuses the password.")
	case code == 403:
		f.fault(RegistrationRefused, "The server forbids this account to sign in: ask its administrator.")
	case code/100 == 5:
		f.fault(ServerTrouble, "The server is in trouble itself: look into its log, and try again later.")
	case code == 408 || code == 480:
		f.fault(NoAnswer, "A proxy on the way got no answer from the registrar.")
	default:
		f.fault(RegistrationRefused, "The server refuses with %d: look into its log.", code)
	}
}
