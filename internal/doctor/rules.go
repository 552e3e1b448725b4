package doctor

import (
	"context"
	"errors"
	"net/url"

	"golync/contacts"
	"golync/sipclient"
	"golync/sipclient/presrules"
)

// root tells a place without rules from one that is none.
func (w *walk) root(ctx context.Context, f *Finding) {
	within, cancel := context.WithTimeout(ctx, w.Patience)
	defer cancel()
	f.tried("GET xcap-caps: is that an XCAP root?")
	switch code, err := w.agent.AskXCAP(within); {
	case err == nil && code/100 == 2:
		f.came("%d: it is", code)
	case err == nil:
		f.came("%d: the server does not tell; at a wrong URL it would be the same", code)
		f.advise("Make sure that --xcap is the XCAP root of the server.")
	default:
		f.came("%v", err)
	}
}

// book is what came of asking for the rules.
type book struct {
	rules  presrules.Document
	exists bool
	err    error
}

// read asks the XCAP server once.
func (w *walk) read(ctx context.Context) *book {
	if w.book == nil {
		within, cancel := context.WithTimeout(ctx, 2*w.Patience)
		defer cancel()
		w.book = &book{}
		w.book.rules, w.book.exists, w.book.err = w.agent.ReadRules(within)
	}
	return w.book
}

// handling is what the server's rules give somebody; told is false when they were not read.
func (w *walk) handling(who contacts.Address) (handling presrules.Handling, level presrules.Level, told bool) {
	if w.book == nil || w.book.err != nil {
		return presrules.Confirm, 0, false
	}
	handling, level = w.book.rules.Decide(string(who))
	return handling, level, true
}

// rules reads the presence rules on the XCAP server: by these the server lets people see the user.
func rules(ctx context.Context, w *walk, f *Finding) {
	switch {
	case w.noService:
		f.skip("without a presence service golync decides itself who sees me")
		return
	case w.Settings.XCAP == "":
		f.came("no XCAP root is configured")
		f.fault(NoXCAP, "Give --xcap URL. Without rules the server decides alone who sees me.")
		return
	}
	f.tried("GET my presence rules below %s", w.Settings.XCAP)
	b := w.read(ctx)
	err := b.err
	var refused *sipclient.ResponseError
	switch {
	case err == nil && b.exists:
		f.came("200: rules with %s of golync", count(len(b.rules.Rules().People), "decision"))
	case err == nil:
		f.came("404: no rules yet, so that everybody who asks waits")
		w.root(ctx, f)
	case errors.Is(err, sipclient.ErrNoRules):
		f.came("%v", err)
		f.fault(NoXCAP, "The server has no presence rules there: correct --xcap URL, or enable pres-rules.")
	case errors.Is(err, sipclient.ErrPassword):
		f.came("401: the password that signs in is not accepted here")
		f.fault(XCAPRefused, "Let the XCAP server use the same passwords, and the realm of the domain.")
	case errors.As(err, &refused):
		f.came("%d %s", refused.Code, refused.Reason.Raw())
		f.fault(XCAPRefused, "Look into the log of the XCAP server.")
	case errors.Is(err, presrules.ErrNotRules):
		f.came("%v", err)
		f.fault(RulesUnreadable, "What stands there are no presence rules (RFC 5025): mend or delete the document.")
	default:
		var where *url.Error
		if errors.As(err, &where) {
			err = where.Err
		}
		f.came("%v", err)
		f.fault(XCAPUnreachable, "Start the XCAP server, or correct --xcap URL.")
	}
}
