package doctor

import (
	"context"
	"errors"
	"slices"
	"strings"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// policy asks the server whether there is such a person, which disturbs nobody: OPTIONS (RFC 3261 section 11;
// design section 7). Its answer is all that golync can learn of policy and provisioning.
func policy(ctx context.Context, w *walk, f *Finding) {
	f.tried("OPTIONS %s: is there such a person?", w.them())
	a, err := w.agent.Ask(ctx, string(w.Address))
	switch {
	case errors.Is(err, sipclient.ErrNoAnswer):
		f.unknown("no answer: the server does not tell")
		return
	case err != nil:
		w.silent(f, err)
		return
	}
	f.came("%d %s", a.Code, a.Reason.Raw())
	switch {
	case a.Code/100 == 2:
		f.came("found%s, with a program that answers", called(a))
	case a.Code == 480 && w.passes(ctx, sipclient.WatchActive):
		f.came("found%s; nobody is signed in there at the moment", called(a))
	case a.Code == 480: // a gateway says so of whoever has not accepted, signed in or not
		f.came("found%s; whether they are there is told only to whoever was accepted", called(a))
	case a.Code == 404, a.Code == 604:
		w.nobody(ctx, f, a)
	case a.Code == 403 && w.passes(ctx, sipclient.WatchActive):
		f.came("but their presence comes: the server only does not say who there is")
	case a.Code == 403 && aboutSetup(a.Reason):
		notProvisioned(f)
	case a.Code == 403:
		f.fault(PolicyBlocks, "Ask the administrator: external access (Skype, federation) may be off for you or them.")
	default:
		f.unknown("the server does not tell whether policy or provisioning stand in the way")
	}
}

// called is the name in an answer.
func called(a sipclient.Answer) string {
	if name := a.Name.Line(); name != "" {
		return ": " + string(name)
	}
	return ""
}

// aboutSetup reports whether the server's words are about a domain that is not set up for Skype, such as those
// of golync's own lab.
func aboutSetup(reason text.Peer) bool {
	words := strings.ToLower(reason.Raw())
	return strings.Contains(words, "set up") || strings.Contains(words, "provision")
}

func notProvisioned(f *Finding) {
	f.fault(NotProvisioned, "The domain may not be set up for Skype, or not yet: that takes up to 30 days. Or Skype is "+
		"switched off there. Ask the administrator.")
}

// passes reports whether the other person is in the list, and a subscription to them stands like that.
func (w *walk) passes(ctx context.Context, states ...sipclient.WatchState) bool {
	if w.contact() == nil {
		return false
	}
	t := w.reply(ctx)
	return t.told && slices.Contains(states, t.event.Watch)
}

// nobody takes a 404. Of somebody whose presence comes it means no more than that nobody is signed in. A gateway
// answers pending also where a Lync user is out of a Skype user's reach, so that this says nothing against it.
func (w *walk) nobody(ctx context.Context, f *Finding, a sipclient.Answer) {
	switch {
	case w.passes(ctx, sipclient.WatchActive):
		f.came("but their presence is answered: servers say 404 of people who are away too")
	case w.skype() && w.kind() != contacts.Skype, aboutSetup(a.Reason):
		f.came("nobody is found; of a Lync user who exists that means: not provisioned")
		notProvisioned(f)
	case w.passes(ctx, sipclient.WatchPending):
		f.came("but their presence is answered: servers say 404 of people who are away too")
	case w.kind() == contacts.Skype:
		f.fault(NotFound, "Nobody has this Microsoft account there: correct it. Type the account, not the Skype name.")
	default:
		f.fault(NotFound, "Correct the address. Some servers say 404 of people who are away too.")
		w.perhapsDecorated(f)
	}
}

// perhapsDecorated says how a Microsoft account of a custom domain is written, which cannot be told from other
// addresses.
func (w *walk) perhapsDecorated(f *Finding) {
	p := w.Settings.Providers
	if r, err := p.Resolve(w.Settings.Account, contacts.ProviderSkype, w.Address.IM()); err == nil && r.Decorated {
		f.advise("If it is an account of %s, ask again with %s.", p.Skype.Label(), r.Address.IM())
	}
}
