package sound

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golync/internal/app"
	"golync/internal/media"
	"golync/internal/option"
	"golync/sipclient"
)

var _ sipclient.Keeper = (*Line)(nil)

// needFFmpeg is the path of ffmpeg, without which a test of pictures cannot be made.
func needFFmpeg(t *testing.T) string {
	t.Helper()
	program, err := media.FFmpeg()
	if err == nil {
		return program
	}
	if os.Getenv("GOLYNC_PEERS") == "1" {
		t.Fatal("no ffmpeg on this machine: make peers installs it")
	}
	t.Skip("no ffmpeg on this machine: pictures are not looked at")
	return ""
}

// flag makes a film that is one colour at the left and another one at the right.
func flag(t *testing.T, left, right string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "flag.mkv")
	out, err := exec.Command(needFFmpeg(t), "-v", "error", "-f", "lavfi", "-i", "color="+left+":size=320x240:rate=15",
		"-vf", "drawbox=x=160:w=160:h=240:color="+right+":t=fill", "-t", "1", "-c:v", "mjpeg", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return option.VideoFile + path
}

// looks says what colour a line sees at the left and the right: a letter for each, '-' without a picture.
func (l *Line) looks() string {
	p, ok := l.Picture()
	if !ok {
		return "-"
	}
	colours := ""
	for _, x := range []int{p.Width / 8, p.Width * 7 / 8} {
		at := p.RGB[3*(p.Height/2*p.Width+x):]
		switch {
		case at[0] > 180 && at[1] < 80 && at[2] < 80:
			colours += "r"
		case at[0] < 80 && at[1] < 80 && at[2] > 180:
			colours += "b"
		case at[0] < 80 && at[1] > 90 && at[2] < 80:
			colours += "g"
		default:
			colours += "?"
		}
	}
	return colours
}

// seeing makes a call whose ends can have pictures, and have agreed on the sound.
func seeing(t *testing.T, secure bool) pair {
	t.Helper()
	p := open(t, secure, secure)
	for _, l := range []*Line{p.a, p.b} {
		l.See(needFFmpeg(t))
		t.Cleanup(l.Close)
	}
	return p
}

// sees waits until an end sees colours, which are those of the other end's film.
func sees(t *testing.T, l *Line, colours string) {
	t.Helper()
	waits(t, "the colours "+colours, func() bool { return l.looks() == colours })
}

func (l *Line) shows() string {
	is := l.Seen()
	s := map[bool]string{true: "sees "}[is.Seen] + map[bool]string{true: "shows "}[is.Shown]
	if is.Err != nil {
		s += is.Err.Error()
	}
	return strings.TrimSpace(s)
}

// A call is begun with sound, gets pictures one way and then both, goes on hold, and goes back to sound; and what is
// heard is as good as ever all the time.
func TestACallGetsPicturesAndLosesThem(t *testing.T) {
	for name, secure := range map[string]bool{"over TLS": true, "in the clear": false} {
		t.Run(name, func(t *testing.T) {
			before := runtime.NumGoroutine()
			p := seeing(t, secure)
			heard := &ear{}
			p.a.Connect(media.Tone(440, 0.5), nil)
			p.b.Connect(nil, heard)
			p.a.Camera(flag(t, "red", "blue"))
			p.b.Camera(flag(t, "blue", "red"))
			stands := func(when, a, b string) {
				t.Helper()
				if p.a.shows() != a || p.b.shows() != b {
					t.Errorf("%s: a %q and b %q, not %q and %q", when, p.a.shows(), p.b.shows(), a, b)
				}
			}
			stands("with sound alone", "", "")
			p.b.Pictures(app.SeePictures)
			p.agree(p.b, p.a, false)
			stands("b asks to see, and a shows nothing unasked", "", "")
			if !p.a.Seen().On || !p.b.Seen().On {
				t.Error("they have agreed on no pictures")
			}
			p.a.Pictures(app.ShowPictures)
			p.agree(p.a, p.b, false)
			stands("a shows", "shows", "sees")
			sees(t, p.b, "rb")
			p.b.Pictures(app.ShowPictures)
			p.agree(p.b, p.a, false)
			sees(t, p.a, "br")
			stands("both show", "sees shows", "sees shows")
			p.agree(p.a, p.b, true)
			stands("a holds", "", "")
			if p.a.looks() != "-" || p.b.looks() != "-" {
				t.Errorf("on hold a sees %s, b %s", p.a.looks(), p.b.looks())
			}
			p.agree(p.a, p.b, false)
			sees(t, p.b, "rb")
			sees(t, p.a, "br")
			waits(t, "the tone", func() bool { return heard.level() > 0.3 })
			p.a.Camera(option.VideoTest)
			waits(t, "another film", func() bool { return p.b.looks() != "rb" })
			p.b.Pictures(app.NoPictures)
			p.agree(p.b, p.a, false)
			stands("b wants no pictures", "", "")
			if n := len(p.a.local.Lines); n != 2 {
				t.Errorf("the session has %d m-lines", n)
			}
			waits(t, "the tone", func() bool { return heard.level() > 0.3 })
			p.a.Pictures(app.ShowPictures)
			p.agree(p.a, p.b, false)
			p.a.Close()
			p.a.Camera(flag(t, "green", "red")) // chosen as the call ends
			p.b.Close()
			waits(t, "everything to end", func() bool { return runtime.NumGoroutine() <= before+1 })
		})
	}
}

// Who cannot or does not want to is asked and says no, by port 0 or by refusing the whole offer; nobody is asked twice.
func TestPicturesAreRefused(t *testing.T) {
	for name, refuses := range map[string]func(p pair){
		"without ffmpeg":        func(p pair) { p.b.See("") },
		"who wants no pictures": func(p pair) { p.b.Pictures(app.NoPictures) },
	} {
		t.Run(name, func(t *testing.T) {
			p := seeing(t, false)
			refuses(p)
			p.a.Pictures(app.SeePictures)
			p.agree(p.a, p.b, false)
			if p.a.shows() != app.ErrUnseen.Error() || p.b.shows() != "" {
				t.Errorf("a %q, b %q", p.a.shows(), p.b.shows())
			}
			again, err := p.a.Offer(true)
			if err != nil || strings.Contains(string(again), "m=video") && !strings.Contains(string(again), "m=video 0") {
				t.Errorf("%v: offers again\n%s", err, again)
			}
		})
	}
	l, err := Open(here, true)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	l.See(needFFmpeg(t))
	l.Pictures(app.ShowPictures)
	for _, want := range []bool{true, true, false} { // encrypted alone, then without pictures, then no more
		offer, _ := l.Offer(false)
		if got := l.Insist(); got != want || strings.Contains(string(offer), "m=video") != want {
			t.Errorf("insists %v on\n%s", got, offer)
		}
	}
	p := seeing(t, false)
	p.a.Pictures(app.SeePictures)
	if _, err := p.a.Offer(false); err != nil {
		t.Fatal(err)
	}
	p.a.Kept()
	if is := p.a.Seen(); !errors.Is(is.Err, app.ErrUnseen) {
		t.Errorf("refused by 488: %v", is.Err)
	}
	p.agree(p.a, p.b, true)
	if p.b.shows() != "" {
		t.Errorf("afterwards b %q", p.b.shows())
	}
}

// Nobody is seen who has not said so, and nobody sees who has no ffmpeg: then nothing is offered.
func TestWhatIsOfferedWithout(t *testing.T) {
	l, err := Open(here, false)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	l.Pictures(app.ShowPictures)
	offer, _ := l.Offer(false)
	if strings.Contains(string(offer), "video") {
		t.Errorf("without ffmpeg:\n%s", offer)
	}
	l.See("/usr/bin/ffmpeg")
	l.Pictures(app.PicturesIfOffered)
	if offer, _ = l.Offer(false); strings.Contains(string(offer), "video") {
		t.Errorf("unasked:\n%s", offer)
	}
	l.Pictures(app.SeePictures)
	if offer, _ = l.Offer(false); !strings.Contains(string(offer), "a=recvonly") || strings.Contains(string(offer), "crypto") {
		t.Errorf("to see:\n%s", offer)
	}
}

// A device that shows its camera to everybody does so when it is asked for pictures, and asks for none.
func TestADeviceThatWelcomesEverybody(t *testing.T) {
	p := seeing(t, true)
	p.b.Welcome(needFFmpeg(t), flag(t, "green", "red"))
	p.agree(p.b, p.a, false)
	if p.a.shows() != "" {
		t.Errorf("unasked: %q", p.a.shows())
	}
	p.a.Pictures(app.SeePictures)
	p.agree(p.a, p.b, false)
	sees(t, p.a, "gr")
	if got := p.b.shows(); got != "shows" {
		t.Errorf("b %q", got)
	}
}

// A camera that fails is told of, and the call goes on.
func TestACameraThatFailsIsTold(t *testing.T) {
	p := seeing(t, false)
	heard := &ear{}
	p.a.Connect(media.Tone(440, 0.5), nil)
	p.b.Connect(nil, heard)
	p.a.Camera(option.VideoFile + "/nowhere.mkv")
	p.a.Pictures(app.ShowPictures)
	p.agree(p.a, p.b, false)
	waits(t, "the trouble", func() bool { return strings.Contains(p.a.shows(), "nowhere.mkv") })
	waits(t, "the tone", func() bool { return heard.level() > 0.3 })
}

// Pictures go on coming, each once and in order: three seconds of them, however long a busy machine takes for that.
func TestPicturesGoOnComing(t *testing.T) {
	p := seeing(t, true)
	p.a.Camera(option.VideoTest)
	p.a.Pictures(app.ShowPictures)
	p.agree(p.a, p.b, false)
	waits(t, "a picture", func() bool { _, ok := p.b.Picture(); return ok })
	first, _ := p.b.Picture()
	last := first
	waits(t, "three seconds of pictures", func() bool {
		now, _ := p.b.Picture()
		if now.Number < last.Number {
			t.Fatalf("picture %d comes after %d", now.Number, last.Number)
		}
		last = now
		return last.Number-first.Number >= 45
	})
}
