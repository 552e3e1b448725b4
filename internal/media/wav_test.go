package media

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// wavFile writes a file of a tone in both channels, or in one.
func wavFile(t *testing.T, rate, channels int, seconds float64, declared int) string {
	t.Helper()
	h := wavHeaderOf(0)
	le := binary.LittleEndian
	le.PutUint16(h[22:], uint16(channels))
	le.PutUint32(h[24:], uint32(rate))
	for i := range int(seconds * float64(rate)) {
		v := uint16(int16(8000 * math.Sin(2*math.Pi*1000*float64(i)/float64(rate))))
		for range channels {
			h = le.AppendUint16(h, v)
		}
	}
	if declared < 0 {
		declared = len(h) - wavHead
	}
	le.PutUint32(h[40:], uint32(declared))
	path := filepath.Join(t.TempDir(), "tone.wav")
	if err := os.WriteFile(path, h, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// hear reads a Source to its end, or so many frames.
func hear(t *testing.T, s Source, most int) (pcm []int16, err error) {
	t.Helper()
	frame := make([]int16, Frame)
	for range most {
		if err := s.Read(frame); err != nil {
			return pcm, err
		}
		pcm = append(pcm, frame...)
	}
	return pcm, nil
}

func TestWAVFilesAreReadAtTheRightPitchAndPace(t *testing.T) {
	for _, rate := range []int{8000, 16000, 32000, 44100, 48000} {
		for _, channels := range []int{1, 2} {
			path := wavFile(t, rate, channels, 2, -1)
			synctest.Test(t, func(t *testing.T) {
				s, err := ReadWAV(path, false)
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				pcm, err := hear(t, s, 1000)
				if !errors.Is(err, io.EOF) {
					t.Fatalf("%d/%d: %v", rate, channels, err)
				}
				if off := time.Since(began) - 2*time.Second; off.Abs() > 2*FrameTime {
					t.Errorf("%d/%d: two seconds lasted %v", rate, channels, 2*time.Second+off)
				}
				wantTone(t, pcm[Rate/2:3*Rate/2], 1000, 8000.0/32768)
				s.Close()
				s.Close()
			})
		}
	}
}

func TestAWAVFileIsReadAgainAndAgain(t *testing.T) {
	path := wavFile(t, 8000, 1, 0.5, -1)
	synctest.Test(t, func(t *testing.T) {
		s, err := ReadWAV(path, true)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		pcm, err := hear(t, s, 500)
		if err != nil {
			t.Fatal(err)
		}
		if l := LevelOf(pcm[8*Rate:]); l < 0.15 {
			t.Errorf("after eight seconds of a file of half a second the level is %.3f", l)
		}
	})
}

func TestFilesThatAreNoneAreRefused(t *testing.T) {
	wrong := wavHeaderOf(100)
	binary.LittleEndian.PutUint16(wrong[34:], 24)
	late := append([]byte("RIFF\xff\xff\xff\xffWAVEdata"), make([]byte, 100)...)
	for name, b := range map[string][]byte{
		"nothing": nil, "text": []byte("this is no sound at all, but long enough to be a header"),
		"24 bit": wrong, "no format": late, "a chunk without end": []byte("RIFF....WAVEjunk\xff\xff\xff\xff"),
	} {
		path := filepath.Join(t.TempDir(), "x.wav")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadWAV(path, true); !errors.Is(err, ErrWAV) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ReadWAV("/nowhere", false); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := WriteWAV("/nowhere/x.wav"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

// A header that promises sound which is not there must not be read for ever.
func TestAFileShorterThanItSaysEnds(t *testing.T) {
	path := wavFile(t, 16000, 1, 0, 1000)
	synctest.Test(t, func(t *testing.T) {
		s, err := ReadWAV(path, true)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := hear(t, s, 10); !errors.Is(err, io.EOF) {
			t.Errorf("%v", err)
		}
	})
}

func TestWhatIsWrittenCanBeReadAlsoWhenNobodyClosedIt(t *testing.T) {
	for _, closed := range []bool{true, false} {
		path := filepath.Join(t.TempDir(), "out.wav")
		w, err := WriteWAV(path)
		if err != nil {
			t.Fatal(err)
		}
		tone := sine(1000, 0.25, 7*Rate)
		for ; len(tone) > 0; tone = tone[Frame:] {
			if err := w.Write(tone[:Frame]); err != nil {
				t.Fatal(err)
			}
		}
		if closed {
			w.Close()
			w.Close()
			if err := w.Write(make([]int16, Frame)); !errors.Is(err, ErrClosed) {
				t.Errorf("writing after the end: %v", err)
			}
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		declared := int(binary.LittleEndian.Uint32(b[40:]))
		if closed && (declared != 14*Rate || int(binary.LittleEndian.Uint32(b[4:])) != len(b)-8) {
			t.Errorf("the header tells of %d octets of %d", declared, len(b))
		}
		if !closed && declared < 10*Rate-2*Frame {
			t.Errorf("what a dead program leaves has %d octets", declared)
		}
		synctest.Test(t, func(t *testing.T) {
			s, err := ReadWAV(path, false)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			pcm, _ := hear(t, s, 1000)
			if len(pcm) < 5*Rate-Frame {
				t.Errorf("%d samples are left", len(pcm))
			}
			wantTone(t, pcm[:4*Rate], 1000, 0.25)
		})
	}
}

func TestAWAVFileIsWhatOtherProgramsTakeItFor(t *testing.T) {
	needProgram(t, "ffmpeg")
	path := filepath.Join(t.TempDir(), "out.wav")
	w, err := WriteWAV(path)
	if err != nil {
		t.Fatal(err)
	}
	tone := sine(700, 0.25, Rate)
	for at := 0; at < len(tone); at += Frame {
		w.Write(tone[at : at+Frame]) //nolint:errcheck // compared below
	}
	w.Close()
	if at := firstDifference(ffmpeg(t, nil, "-i", path, "-f", "s16le", "pipe:1"), pcmBytes(tone)); at >= 0 {
		t.Errorf("ffmpeg reads it differently from octet %d on", at)
	}
}
