package media

import (
	"bufio"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// script makes a program that stands for ffmpeg. It notes its number in a file each time it is started.
func script(t *testing.T, body string) (program string, started func() []int) {
	t.Helper()
	dir := t.TempDir()
	program, notes := filepath.Join(dir, "ffmpeg"), filepath.Join(dir, "started")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho $$ >>"+notes+"\n"+body+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return program, func() (all []int) {
		b, _ := os.ReadFile(notes)
		for _, f := range strings.Fields(string(b)) {
			n, _ := strconv.Atoi(f)
			all = append(all, n)
		}
		return all
	}
}

// alive reports whether a program still runs.
func alive(pid int) bool {
	_, err := os.Stat(fmt.Sprintf("/proc/%d", pid))
	return err == nil
}

// waits until something is so.
func until(t *testing.T, what string, within time.Duration, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(within); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// feeds gives pictures to a decoder at their pace until it is told to stop.
func feeds(d *Decoder, codec string) (stop func()) {
	done, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		for film := newFilm(codec); ; {
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
				film.whole = true
				d.Take(film.next())
			}
		}
	}()
	return func() { close(done); <-over }
}

// An ffmpeg that ends, hangs or gives nonsense is replaced a few times and no more, nobody waits for it, and nothing of
// it is left.
func TestAnFFmpegThatIsOfNoUse(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		says string
		slow bool // it takes seconds to be found out: only that it is replaced
	}{
		"ends":                {"echo it is broken >&2; exit 1", "it is broken", false},
		"ends by itself":      {"exit 0", "", false},
		"takes nothing":       {"exec sleep 60", "", true},
		"shows nothing":       {"exec cat >/dev/null", "", true},
		"writes nonsense":     {"echo nonsense; exec cat >/dev/null", "", false},
		"writes a giant":      {"printf 'P6\\n100000 100000\\n255\\n'; exec cat >/dev/null", "", false},
		"writes without end":  {"exec cat /dev/zero", "", false},
		"does not let itself": {"trap '' TERM HUP INT; while :; do sleep 1; done", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program, started := script(t, c.body)
			d := NewDecoder(program, func() {})
			stop := feeds(d, "VP8")
			if c.slow {
				until(t, "another one", 15*time.Second, func() bool { return len(started()) > 1 })
				if first := started()[0]; alive(first) {
					t.Errorf("the first one (%d) still runs", first)
				}
			} else {
				until(t, "the end of patience", 20*time.Second, func() bool { return d.Err() != nil })
				if n := len(started()); n != mostStarts {
					t.Errorf("it was started %d times", n)
				}
				if !strings.Contains(d.Err().Error(), c.says) {
					t.Errorf("it says %v", d.Err())
				}
			}
			stop()
			d.Close()
			for _, pid := range started() {
				if alive(pid) {
					t.Errorf("%d is left", pid)
				}
			}
			if f, ok := d.Newest(); ok {
				t.Errorf("a picture of %d×%d", f.Width, f.Height)
			}
		})
	}
}

func TestAProgramThatIsNotThere(t *testing.T) {
	d := NewDecoder(filepath.Join(t.TempDir(), "ffmpeg"), func() {})
	d.Take(Unit{Codec: "VP8", Data: []byte{0}, Whole: true})
	until(t, "an error", 5*time.Second, func() bool { return d.Err() != nil })
	d.Close()
	f := NewFilm(filepath.Join(t.TempDir(), "ffmpeg"), TestPicture, "VP8", func(Unit) {})
	f.Close()
}

// No more pictures are kept than somebody sees, and none that came before its time is shown twice.
func TestMoreFramesThanAnybodySees(t *testing.T) {
	program, _ := script(t, `i=0; while [ $i -lt 2000 ]; do printf 'P6\n2 1\n255\nabcdef'; i=$((i+1)); done; exec cat >/dev/null`)
	d := NewDecoder(program, func() {})
	defer d.Close()
	d.Take(Unit{Codec: "H264", Data: []byte{0, 0, 0, 1, 0x65}, Whole: true})
	until(t, "a picture", 10*time.Second, func() bool { _, ok := d.Newest(); return ok })
	began := time.Now()
	time.Sleep(500 * time.Millisecond)
	f, _ := d.Newest()
	if most := 2 + int(time.Since(began).Seconds()*mostShown) + mostShown; int(f.Number) > most || string(f.RGB) != "abcdef" || f.Width != 2 || f.Height != 1 {
		t.Errorf("%d pictures, %d×%d of %q", f.Number, f.Width, f.Height, f.RGB)
	}
}

// A film of two colours, of a camera that is a file, arrives as such through a network, decoded by ffmpeg.
func TestAFilmIsSeenInItsColours(t *testing.T) {
	needProgram(t, "ffmpeg")
	path := filepath.Join(t.TempDir(), "film.mkv")
	ffmpeg(t, nil, "-f", "lavfi", "-i", "color=red:size=640x360:rate=30", "-vf", "drawbox=x=320:w=320:h=360:color=blue:t=fill", "-t", "2", "-c:v", "mjpeg", path)
	for _, codec := range []string{"H264", "VP8"} {
		for _, secure := range []bool{false, true} {
			t.Run(codec, func(t *testing.T) {
				before := runtime.NumGoroutine()
				seen, r := see(t, FilmFile+path, codec, secure)
				if seen.Width != 320 || seen.Height != 180 {
					t.Errorf("%d×%d", seen.Width, seen.Height)
				}
				left, right := seen.at(60, 90), seen.at(260, 90)
				if left[0] < 200 || left[2] > 60 || right[2] < 200 || right[0] > 60 {
					t.Errorf("left is %v, right is %v", left, right)
				}
				if r.Lost > 0 || r.Encrypted != secure {
					t.Errorf("%+v", r)
				}
				until(t, "everything to end", 5*time.Second, func() bool { return runtime.NumGoroutine() <= before })
			})
		}
	}
}

func (f Image) at(x, y int) []byte { return f.RGB[3*(y*f.Width+x):][:3] }

// see shows a film by one end of a call to another, until its tenth picture.
func see(t *testing.T, source, codec string, secure bool) (Image, VideoReport) {
	t.Helper()
	from, to, d := ends(t, codec, secure)
	defer from.Close()
	defer to.Close()
	defer d.Close()
	film := NewFilm("ffmpeg", source, codec, from.Send)
	defer film.Close()
	until(t, "ten pictures", 20*time.Second, func() bool {
		if err := film.Err(); err != nil {
			t.Fatal(err)
		}
		f, _ := d.Newest()
		return f.Number >= 10
	})
	f, _ := d.Newest()
	return f, to.Report()
}

// ends are two ends of a call on loopback, of which the second decodes what it sees.
func ends(t *testing.T, codec string, secure bool) (from, to *Video, d *Decoder) {
	t.Helper()
	d = NewDecoder("ffmpeg", func() { to.Ask() })
	here := netip.MustParseAddr("127.0.0.1")
	from, err := ListenVideo(here, func(Unit) {})
	if err != nil {
		t.Fatal(err)
	}
	if to, err = ListenVideo(here, d.Take); err != nil {
		t.Fatal(err)
	}
	a, b := seeing(to.Addr().String(), codec), seeing(from.Addr().String(), codec)
	if secure {
		a.Suite, a.SendKey, a.ReceiveKey = "AES_CM_128_HMAC_SHA1_80", keyOf(1), keyOf(2)
		b.Suite, b.SendKey, b.ReceiveKey = a.Suite, keyOf(2), keyOf(1)
	}
	for v, p := range map[*Video]Params{from: a, to: b} {
		if err := v.Change(p); err != nil {
			t.Fatal(err)
		}
	}
	return from, to, d
}

func TestPPMHeaders(t *testing.T) {
	for in, want := range map[string][2]int{
		"P6\n320 240\n255\n": {320, 240}, "P6\n1 1\n255\n ": {1, 1}, "P6\n321 240\n255\n": {}, "P6\n320 241\n255\n": {}, "P6\n0 1\n255\n": {},
		"P6\n-1 1\n255\n": {}, "P5\n1 1\n255\n": {}, "P6\n1 1\n65535\n": {}, "P6\n1\n255\n": {}, "": {}, "P6\n": {}, "\n\n\n": {},
	} {
		w, h, err := ppmHeader(bufio.NewReader(strings.NewReader(in)))
		if (err == nil) != (want != [2]int{}) || err == nil && (w != want[0] || h != want[1]) {
			t.Errorf("%q: %d×%d, %v", in, w, h, err)
		}
	}
}
