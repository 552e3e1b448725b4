package doctor

import (
	"context"

	"golync/contacts"
	"golync/sipclient/winfo"
)

// watchers finds out whether the server tells who watches the user: without that New stays empty. The
// subscription is the agent's own.
func watchers(ctx context.Context, w *walk, f *Finding) {
	if w.noService {
		f.skip("without a presence service watchers ask golync itself")
		return
	}
	f.tried("SUBSCRIBE to presence.winfo: who watches me")
	refused := false
	w.seen.await(ctx, w.Patience, func() bool {
		refused = w.seen.in != nil && !w.seen.in.Services.WatcherInfo
		return refused || w.seen.winfo
	})
	w.seen.mu.Lock()
	defer w.seen.mu.Unlock()
	switch {
	case w.seen.winfo:
		all, undecided := w.watching()
		f.came("%s, of whom %d wait for my decision", count(all, "watcher"), undecided)
	case refused:
		f.came("the server refuses it")
		f.fault(NoWatcherInfo, "Load the watcher information module (RFC 3857); else nobody who adds me shows in New.")
	default:
		f.came("no NOTIFY within %s", w.Patience)
		f.fault(NoWatcherInfo, "Look in the server's log for the NOTIFY of presence.winfo.")
	}
}

// watching counts the watchers, and those of them on whom nothing is decided. The user's own programs are none.
func (w *walk) watching() (all, undecided int) {
	for _, one := range w.seen.watchers {
		if w.Settings.Account.Same(contacts.Address(one.URI)) || one.Status == winfo.Terminated {
			continue
		}
		all++
		if undecidedOn(one) {
			undecided++
		}
	}
	return all, undecided
}

// undecidedOn reports whether a watcher waits for the user (RFC 3857 section 4.7.1).
func undecidedOn(one winfo.Watcher) bool {
	return one.Status == winfo.Pending || one.Status == winfo.Waiting
}
