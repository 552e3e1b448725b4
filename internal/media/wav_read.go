package media

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// ErrWAV says that a file is no WAV file of 16-bit PCM, mono or stereo, at 8, 16, 32, 44.1 or 48 kHz.
var ErrWAV = errors.New("not a WAV file of 16-bit PCM, mono or stereo")

// ReadWAV is a Source of a WAV file, once (io.EOF is its end) or again and again. A file that was not closed properly,
// whose header knows no length, is read to its end.
func ReadWAV(path string, loop bool) (Source, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open a sound file: %w", err)
	}
	w := &wavSource{file: f, loop: loop, pace: newPace()}
	if err := w.rewind(); err != nil {
		f.Close() //nolint:errcheck // it was only read
		return nil, fmt.Errorf("read the sound file %s: %w", path, err)
	}
	if w.left < int64(2*w.channels) {
		f.Close() //nolint:errcheck // it was only read
		return nil, fmt.Errorf("read the sound file %s: %w", path, io.ErrUnexpectedEOF)
	}
	return w, nil
}

type wavSource struct {
	pace *pace
	loop bool

	mu        sync.Mutex // Close may come from elsewhere
	file      *os.File
	in        *bufio.Reader
	left      int64 // octets of sound not read yet
	channels  int
	resampler *resampler // nil at 16 kHz
	ready     []int16    // at 16 kHz, not given yet
	ended     bool
	any       bool // the file has given sound since it was last begun
}

// rewind reads the header and stands at the first sample.
func (w *wavSource) rewind() error {
	if _, err := w.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	w.in = bufio.NewReader(w.file)
	rate, channels, left, err := wavHeader(w.in)
	if err != nil {
		return err
	}
	w.channels, w.left = channels, left
	w.resampler = nil
	if rate != Rate {
		w.resampler = newResampler(rate, Rate)
	}
	return nil
}

// wavHeader reads up to the first sample. Chunks that it does not know are skipped (RIFF, Microsoft's mmreg.h).
func wavHeader(in *bufio.Reader) (rate, channels int, length int64, err error) {
	var riff [12]byte
	if _, err := io.ReadFull(in, riff[:]); err != nil || string(riff[:4]) != "RIFF" || string(riff[8:]) != "WAVE" {
		return 0, 0, 0, ErrWAV
	}
	for {
		var head [8]byte
		if _, err := io.ReadFull(in, head[:]); err != nil {
			return 0, 0, 0, ErrWAV
		}
		size := int64(binary.LittleEndian.Uint32(head[4:]))
		switch string(head[:4]) {
		case "fmt ":
			if rate, channels, err = wavFormat(in, size); err != nil {
				return 0, 0, 0, err
			}
		case "data":
			if rate == 0 {
				return 0, 0, 0, ErrWAV
			}
			if size == 0 || size == 1<<32-1 { // written by somebody who died, or to a pipe
				size = 1<<63 - 1
			}
			return rate, channels, size, nil
		default:
			if _, err := io.CopyN(io.Discard, in, size+size&1); err != nil {
				return 0, 0, 0, ErrWAV
			}
		}
	}
}

// wavFormat reads the chunk that says what the samples are.
func wavFormat(in *bufio.Reader, size int64) (rate, channels int, err error) {
	if size < 16 || size > 1024 {
		return 0, 0, ErrWAV
	}
	b := make([]byte, size+size&1)
	if _, err := io.ReadFull(in, b); err != nil {
		return 0, 0, ErrWAV
	}
	const pcm, extensible = 1, 0xfffe
	kind := binary.LittleEndian.Uint16(b)
	if kind == extensible && size >= 26 {
		kind = binary.LittleEndian.Uint16(b[24:]) // the beginning of the identifier of the format
	}
	channels, rate = int(binary.LittleEndian.Uint16(b[2:])), int(binary.LittleEndian.Uint32(b[4:]))
	bits := binary.LittleEndian.Uint16(b[14:])
	known := rate == 8000 || rate == 16000 || rate == 32000 || rate == 44100 || rate == 48000
	if kind != pcm || bits != 16 || channels < 1 || channels > 2 || !known {
		return 0, 0, ErrWAV
	}
	return rate, channels, nil
}

func (w *wavSource) Read(frame []int16) error {
	if err := w.pace.wait(); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.ready) < len(frame) && !w.ended {
		if err := w.more(); err != nil {
			return err
		}
	}
	if len(w.ready) == 0 {
		return io.EOF
	}
	n := copy(frame, w.ready)
	clear(frame[n:])
	w.ready = append(w.ready[:0], w.ready[n:]...)
	return nil
}

// more reads up to 20 ms of the file.
func (w *wavSource) more() error {
	size := 2 * w.channels
	b := make([]byte, min(int64(size*960), w.left/int64(size)*int64(size)))
	n, err := io.ReadFull(w.in, b)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("read a sound file: %w", err)
	}
	w.left -= int64(n)
	if n < size {
		if !w.loop || !w.any { // a file without sound must not be read for ever
			w.ended = true
			return nil
		}
		w.any = false
		return w.rewind()
	}
	w.any = true
	w.take(b[:n/size*size])
	return nil
}

// take makes sound of octets: both channels in one.
func (w *wavSource) take(b []byte) {
	pcm := make([]int16, 0, len(b)/2/w.channels)
	for ; len(b) > 0; b = b[2*w.channels:] {
		v := int(int16(binary.LittleEndian.Uint16(b)))
		if w.channels == 2 {
			v = (v + int(int16(binary.LittleEndian.Uint16(b[2:])))) / 2
		}
		pcm = append(pcm, int16(v))
	}
	if w.resampler == nil {
		w.ready = append(w.ready, pcm...)
	} else {
		w.ready = w.resampler.resample(w.ready, pcm)
	}
}

func (w *wavSource) Close() error {
	w.pace.close()
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return fmt.Errorf("close a sound file: %w", err)
	}
	return nil
}
