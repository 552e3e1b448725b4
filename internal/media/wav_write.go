package media

import (
	"encoding/binary"
	"fmt"
	"os"
	"sync"
)

const (
	wavHead = 44                  // octets of our header
	wavMost = 1<<32 - 1 - wavHead // octets of sound that the format can hold: 37 hours
	wavSync = 5 * Rate            // samples after which the header is put right: 5 s
)

// WriteWAV is a Sink that writes a WAV file, 16-bit mono at 16 kHz. The lengths in the header are right after Close, and
// never more than a few seconds behind before, so that what a dead program leaves can be read as well.
func WriteWAV(path string) (Sink, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create a sound file: %w", err)
	}
	w := &wavSink{file: f}
	if _, err := f.Write(wavHeaderOf(0)); err != nil {
		f.Close() //nolint:errcheck // the first error counts
		return nil, fmt.Errorf("write a sound file: %w", err)
	}
	return w, nil
}

type wavSink struct {
	mu      sync.Mutex
	file    *os.File
	samples int64
	known   int64 // samples that the header tells of
	closed  bool
	b       []byte // kept to be used again
}

func (w *wavSink) Write(frame []int16) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return ErrClosed
	}
	if 2*(w.samples+int64(len(frame))) > wavMost {
		return fmt.Errorf("write a sound file: %w", os.ErrInvalid)
	}
	w.b = w.b[:0]
	for _, s := range frame {
		w.b = binary.LittleEndian.AppendUint16(w.b, uint16(s))
	}
	if _, err := w.file.Write(w.b); err != nil {
		return fmt.Errorf("write a sound file: %w", err)
	}
	w.samples += int64(len(frame))
	if w.samples-w.known >= wavSync {
		return w.tell()
	}
	return nil
}

// tell puts the header right.
func (w *wavSink) tell() error {
	w.known = w.samples
	if _, err := w.file.WriteAt(wavHeaderOf(2*w.samples), 0); err != nil {
		return fmt.Errorf("write a sound file: %w", err)
	}
	return nil
}

func (w *wavSink) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil
	}
	w.closed = true
	err := w.tell()
	if e := w.file.Close(); err == nil && e != nil {
		err = fmt.Errorf("close a sound file: %w", e)
	}
	return err
}

// wavHeaderOf is the header of a file with so many octets of sound.
func wavHeaderOf(octets int64) []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, wavHead)
	b = append(b, "RIFF"...)
	b = le.AppendUint32(b, uint32(octets+wavHead-8))
	b = append(b, "WAVEfmt "...)
	b = le.AppendUint32(b, 16)
	b = le.AppendUint16(b, 1) // PCM
	b = le.AppendUint16(b, 1) // mono
	b = le.AppendUint32(b, Rate)
	b = le.AppendUint32(b, 2*Rate) // octets a second
	b = le.AppendUint16(b, 2)      // octets of all channels
	b = le.AppendUint16(b, 16)     // bits
	b = append(b, "data"...)
	return le.AppendUint32(b, uint32(octets))
}
