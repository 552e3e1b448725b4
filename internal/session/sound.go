package session

import (
	"context"

	"golync/internal/app"
)

// Sound is how a call sounds now; the zero value of one that has no sound. It is cheap, to be asked for with every frame
// that shows it.
func (s *Session) Sound(id string) app.CallSound { return app.CallSound{} }

// SoundDevices lists the devices there are for calls. It may take a moment.
func (s *Session) SoundDevices(ctx context.Context) app.SoundDevices { return app.SoundDevices{} }

// TrySound opens the devices without a call and plays a short tune, until stop is called: level tells what
// the microphone hears and what is played.
func (s *Session) TrySound(source, sink string) (level func() app.CallSound, stop func(), err error) {
	return func() app.CallSound { return app.CallSound{} }, func() {}, nil
}
