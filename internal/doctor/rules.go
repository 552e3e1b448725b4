package doctor

import (
	"context"
	"errors"
	"net/url"

	"golync/sipclient"
	"golync/sipclient/presrules"
)

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
	within, cancel := context.WithTimeout(ctx, 2*w.Patience)
	defer cancel()
	doc, exists, err := w.agent.ReadRules(within)
	var refused *sipclient.ResponseError
	switch {
	case err == nil && exists:
		w.rules, w.ruled = doc, true
		f.came("200: rules with %s of golync", count(len(doc.Rules().People), "decision"))
	case err == nil:
		w.ruled = true
		f.came("404: no rules yet, so that everybody who asks waits")
		f.came("a server that does not know this XCAP root answers the same: it does not tell")
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
