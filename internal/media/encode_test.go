package media

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A camera that gives nothing, or has gone, is tried a few times and named then; nothing of it is left.
func TestACameraThatIsOfNoUse(t *testing.T) {
	for name, body := range map[string]string{
		"has gone": "echo /dev/video9: No such file >&2; exit 1", "gives nonsense": "echo nonsense; exit 0",
		"gives a giant": `printf 'DKIF0000000000000000000000000000\377\377\377\37700000000'; exec sleep 60`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program, started := script(t, body)
			f := NewFilm(program, "/dev/video9", "VP8", func(Unit) { t.Error("a picture") })
			until(t, "the end of patience", 30*time.Second, func() bool { return f.Err() != nil })
			if name == "has gone" && !strings.Contains(f.Err().Error(), "/dev/video9: No such file") {
				t.Errorf("it says %v", f.Err())
			}
			f.Close()
			if n := len(started()); n != mostStarts {
				t.Errorf("it was started %d times", n)
			}
			for _, pid := range started() {
				if alive(pid) {
					t.Errorf("%d is left", pid)
				}
			}
		})
	}
}

// Whoever wants no picture any more waits for no camera that hangs.
func TestACameraThatHangsIsLeft(t *testing.T) {
	program, started := script(t, "trap '' TERM HUP INT; while :; do sleep 1; done")
	f := NewFilm(program, "/dev/video0", "H264", func(Unit) {})
	until(t, "the camera", 5*time.Second, func() bool { return len(started()) == 1 })
	began := time.Now()
	f.Close()
	f.Close()
	if d := time.Since(began); d > 2*time.Second || alive(started()[0]) {
		t.Errorf("it took %v; alive: %v", d, alive(started()[0]))
	}
}

func TestWhatIsFilmed(t *testing.T) {
	for source, want := range map[string][]string{
		"/dev/video2":      {"-f", "v4l2", "-i", "/dev/video2"},
		"file:/a film.mkv": {"-protocol_whitelist", "file", "-i", "file:/a film.mkv"},
		"file:http://x/y":  {"-protocol_whitelist", "file", "-i", "file:http://x/y"},
		TestPicture:        {"-f", "lavfi", "-i", "testsrc=size=320x240:rate=15"},
	} {
		got := strings.Join(encodeArgs(filmInput(source), "VP8"), "|")
		if !strings.Contains(got, strings.Join(want, "|")) {
			t.Errorf("%s: %s", source, got)
		}
	}
}

func TestCamerasAreListed(t *testing.T) {
	dir := t.TempDir()
	for node, files := range map[string][2]string{"video0": {"0", "HD Webcam\n"}, "video1": {"1", "HD Webcam\n"}, "video10": {"0", "\x1b[31mCapture\n"}} {
		if err := os.MkdirAll(filepath.Join(dir, node), 0o700); err != nil {
			t.Fatal(err)
		}
		for i, name := range []string{"index", "name"} {
			if err := os.WriteFile(filepath.Join(dir, node, name), []byte(files[i]), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := []Device{{ID: "/dev/video0", Name: "HD Webcam"}, {ID: "/dev/video10", Name: "\x1b[31mCapture"}}
	if got := camerasIn(dir); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if got := camerasIn(filepath.Join(dir, "none")); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// What ffmpeg writes comes out as pictures, and what it should not write is refused.
func TestContainersOfPictures(t *testing.T) {
	var got []Unit
	take := func(u Unit) { got = append(got, u) }
	ivf := ivfFrame(ivfFrame(ivfHeader(), []byte{0x10, 2, 3}, 0), []byte{0x11, 5}, 1)
	if err := readIVF(bytes.NewReader(ivf), take); err == nil || len(got) != 2 || !got[0].Whole || got[1].Whole || string(got[1].Data) != "\x11\x05" {
		t.Errorf("%+v, %v", got, err)
	}
	got = nil
	tag := func(kind byte, body ...byte) []byte {
		b := append([]byte{kind, 0, 0, byte(len(body)), 0, 0, 0, 0, 0, 0, 0}, body...)
		return append(b, 0, 0, 0, byte(11+len(body)))
	}
	flv := slices.Concat([]byte("FLV\x01\x01\x00\x00\x00\x09\x00\x00\x00\x00"), tag(18, 2, 0), tag(9, 0x17, 0, 0, 0, 0, 1, 2),
		tag(9, 0x17, 1, 0, 0, 0, 0, 0, 0, 2, 0x67, 1, 0, 0, 0, 1, 0x65), tag(9, 0x27, 1, 0, 0, 0, 0, 0, 0, 1, 0x41), tag(9, 0x27, 1, 0, 0, 0, 0, 0, 9, 1))
	if err := readFLV(bytes.NewReader(flv), take); err == nil || len(got) != 2 || !got[0].Whole || got[1].Whole ||
		string(got[0].Data) != "\x00\x00\x00\x01\x67\x01\x00\x00\x00\x01\x65" {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzContainers(f *testing.F) {
	f.Add(ivfFrame(ivfHeader(), []byte{1, 2, 3}, 0))
	f.Add([]byte("FLV\x01\x01\x00\x00\x00\x09\x00\x00\x00\x00\x09\x00\x00\x0a\x00\x00\x00\x00\x00\x00\x00\x17\x01\x00\x00\x00\x00\x00\x00\x01\x65\x00\x00\x00\x15"))
	f.Add([]byte("P6\n2 1\n255\nabcdef"))
	f.Fuzz(func(t *testing.T, in []byte) {
		total := 0
		take := func(u Unit) { total += len(u.Data) }
		_ = readIVF(bytes.NewReader(in), take)
		_ = readFLV(bytes.NewReader(in), take)
		if total > 4*len(in) {
			t.Fatalf("%d octets of %d", total, len(in))
		}
	})
}
