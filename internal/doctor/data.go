package doctor

import (
	"context"
	"errors"
	"io/fs"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/store"
)

// data reads the account's contacts, requests and options, also beside a window that has them.
func data(_ context.Context, w *walk, f *Finding) {
	dir := store.Dir(w.Settings.Data, string(w.Settings.Account))
	f.tried("reading the contacts and options in %s", dir)
	saved, err := store.Look(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		w.saved.Alerts = alerts.Default()
		f.came("nothing is saved yet: the list is empty, the options are as Lync has them at first")
		return
	case err != nil:
		f.came("%v", err)
		f.fault(DataUnreadable, "Mend that, or name the right directory with --data DIR.")
		return
	}
	w.saved = saved
	f.came("%s, %s in New", count(len(saved.Contacts), "contact"), count(undecided(saved.Requests), "request"))
	if pid := store.Owner(dir); pid != 0 {
		f.came("the window is open (process %d): what it decided last may not be saved yet", pid)
	}
	w.listed(f)
}

// listed finds the other person in the list, also by the Microsoft account: bob@contoso.com is a colleague's
// address as well, but in the list may stand bob(contoso.com)@msn.com alone.
func (w *walk) listed(f *Finding) {
	if w.Address == "" || w.self() || w.contact() != nil || w.request() != nil {
		return
	}
	for _, c := range w.saved.Contacts {
		if c.Address != w.Address && w.Settings.Providers.Account(c.Address) == w.Address.IM() {
			f.came("%s is in the list as %s", w.Address.IM(), c.Address.IM())
			w.Address = c.Address
			return
		}
	}
}

// undecided counts the requests that New shows.
func undecided(requests []contacts.Request) int {
	n := 0
	for _, r := range requests {
		if !r.Dismissed {
			n++
		}
	}
	return n
}

// count writes a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return string(say("%d %ss", n, thing))
}
