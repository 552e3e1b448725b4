package people

import (
	"sync"
	"time"

	"golync/internal/media"
	"golync/sipclient"
)

// Line is the sound of one call of a person: what the client carries descriptions for, and where a voice and an ear
// are connected. internal/sound has it; tests have one of their own.
type Line interface {
	sipclient.Media
	Connect(in media.Source, out media.Sink)
	Heard() (digits string, count int) // the latest 64 digits pressed at the other side, and how many there were in all
}

// voice is what a person says in a call, and the ear for what it answers: a melody first, then whatever is heard, half
// as loud, so that what goes round through a loudspeaker and a microphone dies away. When nobody speaks the melody is
// played again. It is the Source; its ear is the Sink.
type voice struct {
	echo media.Source
	ear  media.Sink
	hum  func() media.Source // a melody from its beginning, which ends

	tune  media.Source // nil while it echoes
	quiet int          // frames of silence in a row
	mu    sync.Mutex
	last  time.Time // when something was heard last; zero: never
}

// What counts as silence, and how much of it has the melody played again.
const (
	silence = media.Level(0.003) // -50 dB
	hums    = 8 * time.Second
)

func newVoice() *voice {
	v := &voice{hum: func() media.Source { return media.Melody(false) }}
	v.echo, v.ear = media.Echo()
	v.tune = v.hum()
	return v
}

// Read gives the melody, or else the echo (media.Source).
func (v *voice) Read(frame []int16) error {
	if v.tune != nil {
		if err := v.tune.Read(frame); err == nil {
			return nil
		}
		_ = v.tune.Close() // it has come to its end, or the call has
		v.tune, v.quiet = nil, 0
	}
	if err := v.echo.Read(frame); err != nil {
		return err
	}
	v.quiet++
	if media.LevelOf(frame) > silence {
		v.quiet = 0
	}
	for i := range frame {
		frame[i] /= 2
	}
	if v.quiet >= int(hums/media.FrameTime) {
		v.tune = v.hum()
	}
	return nil
}

// Close ends what it says (media.Source). A melody that is played ends within a frame.
func (v *voice) Close() error { return v.echo.Close() }

// heard is when somebody was heard last.
func (v *voice) heard() time.Time {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.last
}

// ear is the Sink of a voice: what it takes is given back, but for the time that the melody lasts.
type ear struct{ *voice }

// Write hears one frame (media.Sink).
func (e ear) Write(frame []int16) error {
	if media.LevelOf(frame) > silence {
		e.mu.Lock()
		e.last = time.Now()
		e.mu.Unlock()
	}
	return e.voice.ear.Write(frame)
}

// Close does nothing that Close of the voice does not do (media.Sink).
func (e ear) Close() error { return e.voice.ear.Close() }
