package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/term"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/config"
	"golync/internal/desktop"
	"golync/internal/session"
	"golync/internal/sound"
	"golync/sipclient"
	"golync/ui"
)

// farewell bounds how long leaving may take.
const farewell = 5 * time.Second

// place is what every window needs around it: a log, a trace, a terminal that is given back.
type place struct {
	log   *slog.Logger
	trace io.Writer // nil without --trace-sip
	look  ui.Options
	sound sound.Card
	crash *crashReport
	close []func() error
}

// take makes the place for a window. It must be closed.
func take(f flags, env func(string) string) (*place, error) {
	if env("TERM") == "dumb" {
		return nil, errors.New("the window needs a terminal that can place text, and TERM=dumb says that this one cannot")
	}
	if !term.IsTerminal(int(os.Stdout.Fd())) {
		return nil, errors.New("this is no terminal: the window needs one")
	}
	p := &place{look: ui.Options{NoColour: env("NO_COLOR") != "", ASCII: f.ascii, Narrow: config.Narrow(env), Home: env("HOME"), Far: env("SSH_CONNECTION") != ""}}
	p.log = p.openLog(config.StateDir(env), f.debug)
	if f.trace != "" {
		file, err := os.OpenFile(f.trace, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			return nil, usage("--trace-sip: %w", err)
		}
		p.trace = file
		p.close = append(p.close, file.Close)
	}
	p.look.Terminal = ui.TerminalOf(env)
	if address := desktop.Address(env); address != "" {
		d := desktop.Open(address, p.log)
		p.look.Desktop = d
		p.close = append(p.close, d.Close)
	}
	p.crash = watchForCrashes(config.StateDir(env))
	p.look.Crashed = p.crash.write
	return p, nil
}

// openLog opens the log. golync works without one too, on a full disk for example.
func (p *place) openLog(dir string, debug bool) *slog.Logger {
	file, err := config.OpenLog(dir)
	if err != nil {
		return slog.New(slog.DiscardHandler)
	}
	p.close = append(p.close, file.Close)
	level := slog.LevelInfo
	if debug {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(file, &slog.HandlerOptions{Level: level}))
}

// leave gives everything back; a crash becomes the error.
func (p *place) leave(err error) error {
	if report := p.crash.end(); report != "" {
		err = fmt.Errorf("%w; what happened is in %s", errCrashed, report)
	}
	for _, c := range p.close {
		err = errors.Join(err, c())
	}
	return err
}

// runWindow is golync without a command.
func runWindow(ctx context.Context, f flags, env func(string) string) error {
	s, err := config.Read(f.set, env)
	if err != nil {
		return usageError{err}
	}
	return runAccount(ctx, f, env, s, ui.FaceLync)
}

// runAccount is the window with an account of the user's own, whichever face it has.
func runAccount(ctx context.Context, f flags, env func(string) string, s config.Settings, face ui.Face) error {
	if err := checkKeys(s); err != nil {
		return usageError{err}
	}
	roots, err := rootsOf(s.CA)
	if err != nil {
		return usageError{err}
	}
	p, err := take(f, env)
	if err != nil {
		return err
	}
	p.dress(s)
	p.look.Configuration, p.look.Face, p.look.Providers = s.File, face, s.Providers
	p.look.Password = s.Password.Configured()
	return p.leave(p.windows(ctx, s, roots))
}

// dress gives the window the keys, the signs and the sound of the configuration.
func (p *place) dress(s config.Settings) {
	p.look.ASCII, p.look.Keys = p.look.ASCII || s.ASCII, s.Keys
	p.sound.Microphone, p.sound.Loudspeaker = s.Microphone, s.Loudspeaker
}

// checkKeys says what is wrong with the user's keys, and where it stands.
func checkKeys(s config.Settings) error {
	var wrong *ui.KeyError
	if err := ui.CheckKeys(s.Keys); errors.As(err, &wrong) {
		return s.KeyError(wrong.Action, wrong.Says)
	}
	return nil
}

// windows shows the window, again with another account as often as the user wants one.
func (p *place) windows(ctx context.Context, s config.Settings, roots *x509.CertPool) error {
	remembered := filepath.Join(s.Data, "account")
	account := s.Account
	if account == "" {
		account = recall(remembered)
	}
	before, password := "", ""
	for {
		if account == "" {
			p.crash.ready()
			asked, err := ui.Ask(ctx, before, p.look)
			if errors.Is(err, ui.ErrLeft) || ctx.Err() != nil {
				return nil
			} else if err != nil {
				return err
			}
			account, password = asked.Address, asked.Password
			p.remember(remembered, account)
		}
		signIn := s.Password.Configured() || password != ""
		err := p.window(ctx, p.sessionOf(s, account, roots), s.Providers, nil, signIn, password)
		if !errors.Is(err, ui.ErrOtherAccount) {
			return err
		}
		before, account, password = typedAs(account, s.Providers, p.look.Face), "", ""
	}
}

// typedAs is an account as its user typed it.
func typedAs(a contacts.Address, p contacts.Providers, face ui.Face) string {
	if face == ui.FaceLync {
		return a.IM()
	}
	for _, typed := range []string{p.Account(a), a.IM()} {
		if r, err := p.SignInAs(typed); err == nil && r.Address == a {
			return typed
		}
	}
	return string(a) // with its scheme, without which it would be taken for a Microsoft account
}

func (p *place) sessionOf(s config.Settings, account contacts.Address, roots *x509.CertPool) session.Config {
	if s.Password.Exposed() {
		p.log.Warn("the password file can be read by other people", "file", s.Password.File)
	}
	c := session.Config{
		Account: sipclient.Account{URI: string(account), Name: s.Name, Server: s.Server, Transport: s.Transport, XCAP: s.XCAP},
		Data:    s.Data, RootCAs: roots, Log: p.log, Trace: p.trace,
	}
	if s.Password.Configured() {
		c.Account.Password = s.Password.Get
	}
	return c
}

// window shows one account until the user leaves. furnish is asked at the account's first start. Without
// signIn, and where the user chose so in Options ▸ Personal, the window asks for the password; an empty one means
// the configured source.
func (p *place) window(ctx context.Context, c session.Config, providers contacts.Providers,
	furnish func(time.Time, *app.State) []app.Effect, signIn bool, password string,
) error {
	c.Sounds = &p.sound
	s, err := session.Open(c)
	if err != nil {
		return err
	}
	saved := s.Saved()
	state := app.New(saved, providers)
	now := time.Now()
	s.Do(state.Start(now))
	if len(saved.Groups) == 0 && furnish != nil {
		s.Do(furnish(now, state))
	}
	if signIn && (password != "" || state.Options().Personal.SignIn) {
		s.Do(state.SignIn(now, password))
	}
	p.crash.ready()
	inputs := &thrift{next: s.Next, free: debug.FreeOSMemory}
	err = ui.Run(ctx, ui.Deps{
		State: state, Do: s.Do, Next: inputs.Next, Now: time.Now, Options: p.look,
		Sound: s.Sound, SoundDevices: s.SoundDevices, TrySound: s.TrySound, Picture: s.Picture, Cameras: s.Cameras,
	})
	bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	return errors.Join(err, s.Close(bye))
}

// rootsOf reads the certificates to trust besides the system's; nil stands for the system's alone.
func rootsOf(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the certificates cannot be read: %w", err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s: there is no certificate in it: expected PEM, beginning with -----BEGIN CERTIFICATE-----", path)
	}
	return roots, nil
}

// recall returns the account that was used last, if none is configured.
func recall(path string) contacts.Address {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	a, err := contacts.ParseAddress(strings.TrimSpace(string(text)))
	if err != nil {
		return ""
	}
	return a
}

// remember keeps the account for the next start. When it cannot, the user is asked again.
func (p *place) remember(path string, a contacts.Address) {
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = os.WriteFile(path, []byte(string(a)+"\n"), 0o600)
	}
	if err != nil {
		p.log.Warn("the account could not be remembered", "err", err)
	}
}
