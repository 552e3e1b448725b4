// Package sound is the sound of the calls of this machine: it joins the media of a call (internal/media) with its
// session descriptions (sipclient/sdp), and opens the devices that the user has chosen. It is what session.Sounds
// asks for.
//
// It decides about no call and knows no screen.
package sound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"golync/internal/app"
	"golync/internal/media"
	"golync/internal/session"
	"golync/internal/text"
)

// Card is the sound of a machine.
type Card struct {
	// Microphone and Loudspeaker are what "" stands for among the names of devices; "" is the default of the sound
	// server. See openSource for the names there are.
	Microphone, Loudspeaker string

	server media.Pulse

	mu      sync.Mutex
	silence context.CancelFunc // ends the tone that is heard
}

// ErrNoAddress says that it is not known from where on this machine the server is reached, so that nobody could be told
// where to send sound to.
var ErrNoAddress = errors.New("the address of this machine is not known: sign in first")

// Open makes the sound of one call (session.Sounds).
func (c *Card) Open(w session.Way) (session.Line, error) {
	if !w.Local.IsValid() {
		return nil, ErrNoAddress
	}
	l, err := Open(w.Local, w.Secure)
	if err != nil {
		return nil, err
	}
	if ffmpeg, err := media.FFmpeg(); err == nil {
		l.See(ffmpeg)
	}
	return &cardLine{Line: l, card: c}, nil
}

// cardLine is a Line with the devices of a card.
type cardLine struct {
	*Line
	card *Card

	mu           sync.Mutex
	source, sink error // why one of the devices in use was not opened
}

// Use opens the devices of these names and connects them (session.Line). The error names those that could not be
// opened; the others are connected.
func (l *cardLine) Use(source, sink string) error {
	in, inErr := l.card.openSource(source)
	out, outErr := l.card.openSink(sink)
	l.Connect(in, out)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.source, l.sink = inErr, outErr
	return troubles(inErr, outErr)
}

// Sound tells how it sounds, and what is the matter with the devices: one that was not opened is as little there as one
// that has failed since (session.Line).
func (l *cardLine) Sound() (app.CallSound, error) {
	l.mu.Lock()
	source, sink := l.source, l.sink
	l.mu.Unlock()
	is, sourceErr, sinkErr := l.stands()
	if source == nil {
		source = sourceErr
	}
	if sink == nil {
		sink = sinkErr
	}
	return is, troubles(source, sink)
}

// troubles says what is the matter with a microphone and a loudspeaker, and what to do.
func troubles(source, sink error) error {
	const choose = "choose another in Options ▸ Audio Device"
	if errors.Is(source, io.EOF) {
		source = nil // a file has been played to its end
	}
	switch {
	case source == nil && sink == nil:
		return nil
	case errors.Is(source, media.ErrNoServer) && errors.Is(sink, media.ErrNoServer):
		return errors.New("no sound server was found, so you are not heard and hear nothing: start PulseAudio or PipeWire, or see docs/calls.md")
	case source != nil && sink != nil:
		return fmt.Errorf("neither microphone nor loudspeaker works (%w; %w): %s", source, sink, choose)
	case source != nil:
		return fmt.Errorf("you are not heard, because the microphone does not work (%w): %s", source, choose)
	default:
		return fmt.Errorf("you hear nothing, because the loudspeaker does not work (%w): %s", sink, choose)
	}
}

// Devices lists the devices of the sound server (session.Sounds).
func (c *Card) Devices(ctx context.Context) app.SoundDevices {
	found := make(chan app.SoundDevices, 1)
	go func() {
		sources, err := c.server.Sources()
		sinks, other := c.server.Sinks()
		found <- app.SoundDevices{Sources: listed(sources), Sinks: listed(sinks), Err: errors.Join(err, other)}
	}()
	select {
	case d := <-found:
		if errors.Is(d.Err, media.ErrNoServer) {
			d.Err = media.ErrNoServer // once is enough
		}
		if c.Microphone != "" && c.Loudspeaker != "" {
			d.Err = nil // nothing is missed
		}
		return d
	case <-ctx.Done():
		return app.SoundDevices{Err: fmt.Errorf("the sound server does not answer: %w", ctx.Err())}
	}
}

// Cameras lists the cameras of the machine (session.Sounds).
func (c *Card) Cameras() ([]app.SoundDevice, error) {
	if _, err := media.FFmpeg(); err != nil {
		return nil, err
	}
	return listed(media.Cameras()), nil
}

func listed(devices []media.Device) (all []app.SoundDevice) {
	for _, d := range devices {
		all = append(all, app.SoundDevice{Name: d.ID, Label: text.From(d.Name)})
	}
	return all
}

// Play has a tone be heard until the next one is played (session.Sounds).
func (c *Card) Play(tone app.Tone, sink string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.silence != nil {
		c.silence()
		c.silence = nil
	}
	from := sourceOf(tone)
	if from == nil {
		return
	}
	var ctx context.Context
	ctx, c.silence = context.WithCancel(context.Background())
	go func() {
		to, err := c.openSink(sink)
		if err != nil || to == nil {
			from.Close()
			return
		}
		_ = media.Play(ctx, from, to) // a loudspeaker that fails shows in the call
	}()
}

// sourceOf is the sound of a tone, nil for silence.
func sourceOf(tone app.Tone) media.Source {
	switch tone {
	case app.RingTone:
		return media.Ringing()
	case app.KnockTone:
		return brief(media.Tone(440, 0.1), 300*time.Millisecond)
	case app.RingBackTone:
		return media.Ringback()
	default:
		return nil
	}
}
