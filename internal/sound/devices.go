package sound

import (
	"cmp"
	"errors"
	"io"
	"strings"
	"time"

	"golync/internal/media"
	"golync/internal/option"
)

// The names of devices that are none of the sound server's.
const (
	fileName    = "wav:"  // and the path of a WAV file
	programName = "pipe:" // and a command with its arguments, without a shell: raw 16-bit samples, mono, 16 kHz
)

// openSource opens a microphone: "" is the card's own, "none" none, "wav:PATH" a WAV file that is read once,
// "pipe:COMMAND" what a program writes, anything else one of the sound server's.
func (c *Card) openSource(name string) (media.Source, error) {
	name = cmp.Or(name, c.Microphone)
	if name == option.AudioNone {
		return nil, nil
	}
	if path, ok := strings.CutPrefix(name, fileName); ok {
		return media.ReadWAV(path, false)
	}
	if command, ok := strings.CutPrefix(name, programName); ok {
		words := strings.Fields(command)
		if len(words) == 0 {
			return nil, errNoProgram
		}
		return media.PipeFrom(words[0], words[1:]...)
	}
	return c.server.OpenSource(name)
}

// openSink opens a loudspeaker by a name of the same kind; what is heard is written to a file.
func (c *Card) openSink(name string) (media.Sink, error) {
	name = cmp.Or(name, c.Loudspeaker)
	if name == option.AudioNone {
		return nil, nil
	}
	if path, ok := strings.CutPrefix(name, fileName); ok {
		return media.WriteWAV(path)
	}
	if command, ok := strings.CutPrefix(name, programName); ok {
		words := strings.Fields(command)
		if len(words) == 0 {
			return nil, errNoProgram
		}
		return media.PipeTo(words[0], words[1:]...)
	}
	return c.server.OpenSink(name)
}

var errNoProgram = errors.New("behind pipe: stands no program")

// brief ends a sound after a while.
func brief(from media.Source, d time.Duration) media.Source {
	return &ending{Source: from, left: int(d / media.FrameTime)}
}

type ending struct {
	media.Source
	left int // frames
}

func (e *ending) Read(frame []int16) error {
	if e.left == 0 {
		return io.EOF
	}
	e.left--
	return e.Source.Read(frame)
}
