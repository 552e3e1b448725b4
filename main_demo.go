package main

import (
	"context"
	"errors"

	"golync/contacts"
	"golync/internal/command"
	"golync/internal/config"
	"golync/internal/session"
)

// runDemo is golync demo: the window on a server in the same process. Of the configuration only keys and signs
// count: account and server are its own.
func runDemo(ctx context.Context, f flags, env func(string) string) error {
	for name := range f.set {
		if name != "data" {
			return usage("--%s does nothing for golync demo, which has a server of its own", name)
		}
	}
	s, err := config.Read(nil, env)
	if err != nil {
		return usageError{err}
	}
	if err := checkKeys(s); err != nil {
		return usageError{err}
	}
	p, err := take(f, env)
	if err != nil {
		return err
	}
	p.dress(s)
	return p.leave(p.demo(ctx, demoDir(f, env)))
}

func (p *place) demo(ctx context.Context, dir string) error {
	d, err := command.StartDemo(ctx, dir, p.log)
	if err != nil {
		return err
	}
	c := session.Config{Account: d.Account, Data: d.Data, RootCAs: d.Roots, Log: p.log, Trace: p.trace}
	p.look.Demo = "You are signed out. Press enter, with no password, and Alice is back. Your own account is signed in by golync without the word demo."
	err = p.window(ctx, c, contacts.Providers{}, d.Furnish, true, "")
	return errors.Join(err, d.Close())
}
