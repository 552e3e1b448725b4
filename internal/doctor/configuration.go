package doctor

import (
	"context"
	"os"
)

// configuration looks at what golync was told, and by which files.
func configuration(_ context.Context, w *walk, f *Finding) {
	if w.Trouble != nil {
		f.tried("flags, variables and the configuration file")
		f.came("%v", w.Trouble)
		f.fault(BadConfiguration, "Mend that; golync --help lists what can be set.")
		return
	}
	s := &w.Settings
	if _, err := os.Stat(s.File); err == nil {
		f.tried("flags, variables and %s", s.File)
	} else {
		f.tried("flags and variables; there is no %s", s.File)
	}
	if s.Account == "" {
		f.came("nobody is configured to sign in")
		f.fault(NoAccount, "Give --account sip:alice@contoso.com, or set account in the configuration.")
		return
	}
	f.came("account %s%s", s.Account.IM(), w.whichAccount())
	if s.CA != "" {
		f.came("certificates trusted besides the system's: %s", s.CA)
	}
	if w.self() {
		f.came("%s is my own address: only my side of the chain is looked at", w.Address.IM())
	}
}

// whichAccount says for whom an account stands whose address does not show it.
func (w *walk) whichAccount() string {
	s := &w.Settings
	switch account := s.Providers.Account(s.Account); {
	case account != s.Account.IM():
		return ", the Microsoft account " + account
	case w.skype():
		return ", a Microsoft account"
	}
	return ""
}
