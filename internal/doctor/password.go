package doctor

import (
	"context"
	"errors"

	"golync/internal/config"
)

// password gets the password once, for the time of the walk: a command might ask its user each time.
func password(ctx context.Context, w *walk, f *Finding) {
	p := w.Settings.Password
	var err error
	switch {
	case p.File != "":
		f.tried("the password file %s", p.File)
	case p.Command != "":
		f.tried("the password command")
	}
	w.password, err = p.Get(ctx)
	if errors.Is(err, config.ErrNoPassword) && w.Ask != nil {
		f.tried("asking for the password, since no source is configured")
		w.password, err = w.Ask(ctx)
	}
	switch {
	case errors.Is(err, config.ErrNoPassword):
		f.came("no source of a password is configured")
		f.fault(NoPassword, "Give --password-file FILE, or set password_command; in a terminal doctor asks.")
	case err != nil:
		f.came("%v", err)
		f.fault(PasswordUnreadable, "Let the first line be the password, and readable for you.")
	case p.Exposed():
		f.came("there is a password, which other people can read")
		f.advise("chmod 600 %s", p.File)
	default:
		f.came("there is a password")
	}
}
