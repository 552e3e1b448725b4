package shot

import (
	"bytes"
	"image/png"
	"os"
	"syscall"
	"testing"
	"time"
)

func start(t *testing.T, script string) *Terminal {
	t.Helper()
	term, err := Start(Options{Cols: 40, Rows: 5, Env: []string{"PATH=" + os.Getenv("PATH")}}, "sh", "-c", script)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(term.Close)
	return term
}

func TestSeesWhatAProgramPrintsAndAnswersItsQuestions(t *testing.T) {
	term := start(t, `printf 'name? '; read n; printf '\033[1mhello\033[0m %s' "$n"; exec sleep 60`)
	if _, err := term.See("name?"); err != nil {
		t.Fatal(err)
	}
	if err := term.Type("Bob"); err != nil {
		t.Fatal(err)
	}
	if err := term.Press("enter"); err != nil {
		t.Fatal(err)
	}
	s, err := term.See("hello Bob")
	if err != nil {
		t.Fatal(err)
	}
	x, y, ok := s.Find("hello")
	if !ok || x != 0 || y != 1 {
		t.Errorf("hello stands at %d,%d, %t; want 0,1", x, y, ok)
	}
	if s.Cells[y][x].Style.Attrs == 0 {
		t.Error("bold was lost")
	}
}

// A program that has not heard yet that the terminal has become smaller scrolls a part that is no longer there.
func TestScrollsBelowTheLastRowAreLeftAlone(t *testing.T) {
	term := start(t, `printf '\033[2;15r\033[2;1H\033[3T\033[4;15r\033[3Sstill here'; exec sleep 60`)
	if _, err := term.See("still here"); err != nil {
		t.Error(err)
	}
}

// Nobody sees half a frame, also when it comes in several writes.
func TestAFrameIsSeenWhole(t *testing.T) {
	term := start(t, `printf '\033[?2026$p'; read n; printf 'one'; read n
		printf '\033[?2026h\033[2J\033[Htwo'; read n; printf ' three\033[?2026l'; exec sleep 60`)
	if _, err := term.See("2026;2$y"); err != nil { // that frames are known, as the terminal echoes it
		t.Fatal(err)
	}
	if err := term.Press("enter"); err != nil {
		t.Fatal(err)
	}
	if _, err := term.See("one"); err != nil {
		t.Fatal(err)
	}
	if err := term.Press("enter"); err != nil {
		t.Fatal(err)
	}
	seen := make(chan Screen)
	go func() {
		s, err := term.See("two")
		if err != nil {
			t.Error(err)
		}
		seen <- s
	}()
	for !bytes.Contains(term.Raw(), []byte("two")) {
		time.Sleep(time.Millisecond)
	}
	if err := term.Press("enter"); err != nil {
		t.Fatal(err)
	}
	if s := <-seen; !s.Has("three") {
		t.Errorf("half a frame is seen:\n%s", s.Text())
	}
}

func TestFindCountsColumnsOfWideCharacters(t *testing.T) {
	term := start(t, `printf '你好 x'; exec sleep 60`)
	s, err := term.See("x")
	if err != nil {
		t.Fatal(err)
	}
	if x, _, _ := s.Find("x"); x != 5 {
		t.Errorf("x stands in column %d, want 5", x)
	}
	if got := s.Line(0); got != "你好 x" {
		t.Errorf("line reads %q", got)
	}
}

func TestTellsHowAProgramEnded(t *testing.T) {
	term := start(t, `exit 3`)
	if code, err := term.Wait(Patience); err != nil || code != 3 {
		t.Errorf("exit %d, %v; want 3", code, err)
	}
	term = start(t, `exec sleep 60`)
	if _, err := term.Wait(time.Millisecond); err != ErrRunning {
		t.Errorf("waiting for a running program gave %v", err)
	}
	if err := term.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code, err := term.Wait(Patience); err != nil || code != 128+15 {
		t.Errorf("exit %d, %v; want 143", code, err)
	}
}

func TestCloseEndsWhatTheProgramStarted(t *testing.T) {
	term := start(t, `trap '' HUP; sleep 60 & echo started; wait`)
	if _, err := term.See("started"); err != nil {
		t.Fatal(err)
	}
	closed := make(chan struct{})
	go func() { term.Close(); close(closed) }()
	select {
	case <-closed:
	case <-time.After(Patience):
		t.Error("what the program started keeps the terminal open")
	}
}

func TestWaitingForWhatNeverComesSaysWhatStoodThere(t *testing.T) {
	term := start(t, `printf 'something else'`)
	_, err := term.See("hello")
	if err == nil || !bytes.Contains([]byte(err.Error()), []byte("something else")) {
		t.Errorf("error is %v", err)
	}
}

func TestPictureHasTheSizeOfTheScreen(t *testing.T) {
	term := start(t, `printf '\033[31mred'; exec sleep 60`)
	s, err := term.See("red")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := s.WritePNG(&b, 14); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Dx(); got < 40*6 {
		t.Errorf("picture is %d pixels wide", got)
	}
}

func TestFramesJoinInAPicture(t *testing.T) {
	term := start(t, `printf '╭─╮\r\n│x│\r\n╰─╯ end'; exec sleep 60`)
	s, err := term.See("end")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := s.WritePNG(&b, 15); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	cell := (img.Bounds().Dy() - 2*margin) / s.Rows
	width := (img.Bounds().Dx() - 2*margin) / s.Cols
	ground := img.At(0, 0)
	for y := margin + cell/2; y <= margin+2*cell+cell/2; y++ {
		if x := margin + width/2; img.At(x, y) == ground {
			t.Fatalf("the left edge has a gap at row %d of %d", y-margin, 3*cell)
		}
	}
	for x := margin + width/2; x <= margin+2*width+width/2; x++ {
		if y := margin + cell/2; img.At(x, y) == ground {
			t.Fatalf("the upper edge has a gap at column %d of %d", x-margin, 3*width)
		}
	}
}

func TestKeysHaveTheBytesOfXterm(t *testing.T) {
	for name, want := range map[string]string{"enter": "\r", "ctrl+n": "\x0e", "alt+c": "\x1bc", "é": "é", "up": "\x1b[A"} {
		if got, err := sequence(name); err != nil || got != want {
			t.Errorf("%s sends %q, %v; want %q", name, got, err, want)
		}
	}
	if _, err := sequence("no such key"); err == nil {
		t.Error("an unknown key was accepted")
	}
}
