// Package ui is the window: everything that is drawn on a terminal and every key and click that comes
// from it. It shows what app.State knows and turns what the user does into calls of app.State, whose
// effects it hands on. It decides nothing, and it knows neither network nor disk.
//
// There is one tea.Model; its parts are screens with a rectangle each. Files are named after what the
// user sees.
package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// Deps is what the window lives on.
type Deps struct {
	// State is what there is to see. It has been started: the effects of its Start and SignIn have been
	// handed to Do. From Run on, only Run's goroutine touches it.
	State *app.State
	// Do does effects; it never blocks. It never gets an app.Alert.
	Do func([]app.Effect)
	// Next waits for the next batch of inputs; an error ends the waiting for good.
	Next func(context.Context) ([]app.Input, error)
	// Now is the clock.
	Now func() time.Time
	// Sound is how a call sounds now; it is asked at most a few times a second, and only for a call on the screen.
	// SoundDevices lists the devices there are and may take a moment. TrySound opens devices without a call, and
	// plays a tune on sink, until stop: level is what the microphone hears. Nil is a window without sound.
	Sound        func(id string) app.CallSound
	SoundDevices func(context.Context) app.SoundDevices
	TrySound     func(source, sink string) (level func() app.CallSound, stop func(), err error)
	// Picture is what the other side of a call shows now, false when it shows nothing; it is asked with every frame.
	// Cameras lists what the user could show; its error is why there can be no pictures at all. Both are cheap. Nil is a
	// window without pictures.
	Picture func(id string) (app.Picture, bool)
	Cameras func() ([]app.SoundDevice, error)
	Options
}

// Options change how the window looks and where it appears. The zero value is right for a terminal.
type Options struct {
	Face      Face                // whose window it is
	Providers contacts.Providers  // by which Ask says with what address a Skype user signs in
	NoColour  bool                // no colour whatever the terminal can
	ASCII     bool                // no sign of golync's own outside ASCII, whatever the user chose
	Narrow    bool                // the locale is not one of UTF-8: ASCII unless the user chose otherwise
	Keys      map[string][]string // the user's own keys, by SCOPE.ACTION; CheckKeys has been asked about them
	Far       bool                // the terminal is reached over a network (ssh): pictures move more slowly
	Zone      *time.Location      // in which times are told; nil is the machine's
	Home      string              // the user's home directory, where conversations are saved; "" is the current one
	Demo      text.Safe           // what the sign-in page says in a demo, which has one account and knows its password
	Program   []tea.ProgramOption // for tests: another input, output or size
	// Terminal is how the terminal takes notifications; TerminalOf finds out.
	Terminal Terminal
	// Desktop takes notifications where there is one at hand; nil where there is none.
	Desktop Desktop
	// Configuration is the file that golync read or would have read, for the Network page; "" says nothing.
	Configuration string
	// Password says that there is one in the configuration, so that none needs to be typed.
	Password bool
	// Crashed is told of a panic in the window before the terminal is given back; nil tells nobody.
	Crashed func(value any, stack []byte)
}

// ErrOtherAccount is Run's answer when the user wants to sign in with another address than the account's.
var ErrOtherAccount = errors.New("the user wants to sign in with another address")

// Run shows the window until the user leaves it or the context ends, and gives the terminal back as it was,
// also after a panic. It returns ErrOtherAccount, an error of the terminal, or nil.
func Run(ctx context.Context, d Deps) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	m := newModel(ctx, d)
	err := run(ctx, m, d.Options)
	m.ended() // also when a signal or the terminal ended it
	if err != nil {
		return err
	}
	return m.left
}

// ended stores what is not stored yet, and ends the calls: nobody is left to talk to.
func (m *model) ended() {
	m.conversation.storeAll()
	m.trial.close()
	m.do(m.state.HangUpAll(m.now()))
}

// framesPerSecond is how often Bubble Tea looks whether there is something to write, which it does in an idle
// window too: each frame a second costs a fiftieth of a percent of a core, and a key waits up to one frame for
// its echo. Measured on two quiet cores: at 52 an idle window takes 0.9 % of a core and the 95th of 100 keys
// 20.3 ms, at 60 it is 1.2 % and 18.1 ms, at 100 it is 1.7 % and 11.5 ms; the budgets are 1 % and 20 ms.
const framesPerSecond = 55

// run runs a model on the terminal.
func run(ctx context.Context, m tea.Model, o Options) error {
	if o.Crashed != nil {
		m = witness{m, o.Crashed}
	}
	_, err := tea.NewProgram(m, append([]tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(framesPerSecond)}, o.Program...)...).Run()
	if err != nil && ctx.Err() == nil && !errors.Is(err, tea.ErrInterrupted) {
		return fmt.Errorf("the terminal: %w", err)
	}
	return nil
}
