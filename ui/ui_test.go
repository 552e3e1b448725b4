package ui

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
)

// deps are what a window needs to run against nothing, with keys read from in.
func deps(in *keyboard) Deps {
	return Deps{
		State: signedOut(), Do: func([]app.Effect) {}, Now: time.Now,
		Next: func(ctx context.Context) ([]app.Input, error) { <-ctx.Done(); return nil, ctx.Err() },
		Options: Options{Program: []tea.ProgramOption{
			tea.WithInput(in), tea.WithOutput(discard{}), tea.WithoutSignalHandler(), tea.WithWindowSize(80, 24),
			tea.WithEnvironment([]string{"TERM=xterm-256color"}),
		}},
	}
}

// keyboard gives its bytes and then nothing more.
type keyboard struct {
	bytes string
	idle  chan struct{}
}

func (k *keyboard) Read(p []byte) (int, error) {
	if k.bytes == "" {
		<-k.idle
		return 0, errors.New("closed")
	}
	n := copy(p, k.bytes)
	k.bytes = k.bytes[n:]
	return n, nil
}

func TestRunReturnsHowTheUserLeft(t *testing.T) {
	for _, tc := range []struct {
		name, bytes string
		want        error
	}{
		{"ctrl+q", "\x11", nil},
		{"another address", "\x0e", ErrOtherAccount},
	} {
		in := &keyboard{bytes: tc.bytes, idle: make(chan struct{})}
		if err := Run(t.Context(), deps(in)); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v", tc.name, err)
		}
		close(in.idle)
	}
}

func TestRunStoresTheDraftThatIsBeingTypedWhenItEnds(t *testing.T) {
	in := &keyboard{bytes: "\rhalf a sen\x11", idle: make(chan struct{})}
	defer close(in.idle)
	d := deps(in)
	d.State = world()
	var stored []app.SaveDraft
	d.Do = func(effects []app.Effect) {
		for _, e := range effects {
			if draft, ok := e.(app.SaveDraft); ok {
				stored = append(stored, draft)
			}
		}
	}
	if err := Run(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if len(stored) != 1 || stored[0].Peer != bob || stored[0].Body != "half a sen" {
		t.Errorf("stored %v", stored)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	in := &keyboard{idle: make(chan struct{})}
	defer close(in.idle)
	if err := Run(ctx, deps(in)); err != nil {
		t.Error(err)
	}
}
