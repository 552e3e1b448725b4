package main

import (
	"context"
	"path/filepath"

	"golync/contacts"
	"golync/internal/command"
	"golync/internal/command/people"
	"golync/internal/config"
	"golync/internal/session"
	"golync/internal/text"
	"golync/ui"
)

// demoSkypeUser is who plays the Skype user of the demo unless another account is named.
const demoSkypeUser = "bob@contoso.com"

// runSkype is golync skype: the Skype user's window, for a Microsoft account.
func runSkype(ctx context.Context, f flags, env func(string) string) error {
	if f.demo {
		return runSkypeDemo(ctx, f, env)
	}
	s, err := config.ReadSkype(f.set, env)
	if err != nil {
		return usageError{err}
	}
	return runAccount(ctx, f, env, s, ui.FaceSkype)
}

// runSkypeDemo is golync skype --demo: a Skype user of the demo that runs in another terminal. What that takes,
// the demo has written down.
func runSkypeDemo(ctx context.Context, f flags, env func(string) string) error {
	for name := range f.set {
		if name != "data" && name != "account" {
			return usage("--%s does nothing for golync skype --demo, which finds the demo by itself", name)
		}
	}
	account := demoSkypeUser
	if given := f.set["account"]; given != "" {
		account = given
	}
	who, err := contacts.Providers{}.SignInAs(account)
	if err != nil {
		return usage("--account: %q is wrong: expected a Microsoft account such as bob@contoso.com (%w)", account, err)
	}
	n, err := command.Beside(ctx, demoDir(f, env), string(who.Address))
	if err != nil {
		return err
	}
	s, err := config.ReadSkype(nil, env)
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
	p.look.Face = ui.FaceSkype
	c := session.Config{Account: n.Account, Data: n.Data, RootCAs: n.Roots, Dial: n.Dial, Log: p.log, Trace: p.trace}
	p.look.Demo = "You are signed out. Press enter, with no password, and you are back. The other Skype user is played by golync skype --demo --account " + text.From(people.Accounts()).Line() + "."
	return p.leave(p.window(ctx, c, contacts.Providers{}, nil, true, ""))
}

// demoDir is where the demo keeps its data.
func demoDir(f flags, env func(string) string) string {
	if dir := f.set["data"]; dir != "" {
		return dir
	}
	return filepath.Join(config.DataDir(env), "demo")
}
