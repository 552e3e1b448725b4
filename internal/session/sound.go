package session

import (
	"context"
	"errors"
	"net"
	"net/netip"

	"golync/internal/app"
	"golync/sipclient"
)

// Sounds is the sound of this machine, as far as calls need it. Its methods may be called from any goroutine.
type Sounds interface {
	// Open makes the sound of one call, without devices. It does not block. An error means that there can be no
	// call: no port is free, for one.
	Open(Way) (Line, error)
	// Devices lists what there is. It may take until ctx ends.
	Devices(ctx context.Context) app.SoundDevices
	// Cameras lists what could be shown in calls. An error means that there can be no pictures at all. It is cheap.
	Cameras() ([]app.SoundDevice, error)
	// Play has a tone be heard on a device until the next one is played; app.NoTone is silence. It does not block,
	// and is not told of devices that fail.
	Play(tone app.Tone, sink string)
	// Try opens devices without a call, has a short tune be heard, and tells the levels until stop is called.
	Try(source, sink string) (level func() app.CallSound, stop func(), err error)
}

// Way is what is known of the way to the server, by which a call is agreed on.
type Way struct {
	// Local is the address of this machine from which the server is reached, and where sound is to be sent to. It is
	// the zero Addr when that is not known.
	Local netip.Addr
	// Secure says that nobody reads along (TLS), so that keys may be agreed on (RFC 4568 section 7).
	Secure bool
}

// Line is the sound of one call. The client calls the methods of Media on its loop. The others come from any
// goroutine, also after Close, and then do nothing.
type Line interface {
	sipclient.Media
	// Use opens the devices of the names that option.Audio has and connects them. It may block for a while. What could
	// not be opened is left out: without a microphone the other side is heard all the same.
	Use(source, sink string) error
	// Mute sends silence.
	Mute(on bool)
	// Digit presses a key of a telephone, after those pressed before. It does not block.
	Digit(key rune) error
	// Sound tells how it sounds, and what is the matter with the devices. It is cheap.
	Sound() (app.CallSound, error)

	// Pictures says what the user wants of pictures. It counts from the next description on.
	Pictures(app.Pictures)
	// Camera says what the user shows when they choose to, as option.Video has it.
	Camera(name string)
	// Kept says that the other side has refused the last offer (sipclient.Keeper).
	Kept()
	// Picture is what the other side shows now, false when it shows nothing. It is cheap.
	Picture() (app.Picture, bool)
	// Seen tells which pictures there are, and why one that is wanted is missing. Its ID is of no meaning. It is cheap.
	Seen() app.PicturesChanged
}

// ErrNoSound says that this golync was made without sound, so that there can be no call.
var ErrNoSound = errors.New("this golync has no sound")

// Sound is how a call sounds now; the zero value of one that has no sound. It is cheap, to be asked for with every
// frame that shows it. That a device has gone in the middle of the call is told to State by the way.
func (s *Session) Sound(id string) app.CallSound {
	l := s.lines.find(id)
	if l == nil {
		return app.CallSound{}
	}
	sound, err := l.Line.Sound()
	s.trouble(l, err)
	l.tellPictures()
	return sound
}

// SoundDevices lists the devices there are for calls. It may take until ctx ends.
func (s *Session) SoundDevices(ctx context.Context) app.SoundDevices {
	if s.sounds == nil {
		return app.SoundDevices{Err: ErrNoSound}
	}
	return s.sounds.Devices(ctx)
}

// TrySound opens the devices without a call and plays a short tune, until stop is called: level tells what
// the microphone hears and what is played.
func (s *Session) TrySound(source, sink string) (level func() app.CallSound, stop func(), err error) {
	if s.sounds == nil {
		return nil, nil, ErrNoSound
	}
	return s.sounds.Try(source, sink)
}

// way is the one to the server that the user is signed in at.
func (s *Session) way() Way {
	s.lines.mu.Lock()
	server, transport := s.lines.server, s.lines.transport
	s.lines.mu.Unlock()
	w := Way{Local: s.local, Secure: transport == "TLS"}
	if w.Local.IsValid() && !w.Local.IsUnspecified() {
		return w
	}
	w.Local = netip.Addr{}
	if _, err := netip.ParseAddrPort(server); err != nil {
		return w // there is no flow
	}
	conn, err := net.Dial("udp", server) // which sends nothing and asks the routes
	if err != nil {
		return w
	}
	defer conn.Close()
	if local, ok := conn.LocalAddr().(*net.UDPAddr); ok {
		w.Local = local.AddrPort().Addr().Unmap()
	}
	return w
}
