package media

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAProgramGivesSound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tone.raw")
	if err := os.WriteFile(path, pcmBytes(sine(1000, 0.3, Rate)), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := PipeFrom("cat", path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	pcm, err := hear(t, s, 1000)
	if !errors.Is(err, io.EOF) {
		t.Errorf("the end of a program that ended well is %v", err)
	}
	wantTone(t, pcm, 1000, 0.3)
}

func TestAProgramTakesSound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tone.raw")
	s, err := PipeTo("dd", "of="+path, "status=none")
	if err != nil {
		t.Fatal(err)
	}
	tone := sine(1000, 0.3, Rate)
	for at := 0; at < len(tone); at += Frame {
		if err := s.Write(tone[at : at+Frame]); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	s.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if at := firstDifference(b, pcmBytes(tone)); at >= 0 {
		t.Errorf("it took something else from octet %d of %d on", at, len(b))
	}
}

func TestAProgramThatFailsSaysWhy(t *testing.T) {
	s, err := PipeFrom("sh", "-c", "echo there is no microphone >&2; exit 3")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = hear(t, s, 1)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || !strings.Contains(err.Error(), "there is no microphone") {
		t.Errorf("%v", err)
	}
	out, err := PipeTo("sh", "-c", "echo no loudspeaker >&2; exit 3")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	for range 1000 {
		if err = out.Write(make([]int16, Frame)); err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), "no loudspeaker") {
		t.Errorf("%v", err)
	}
	if _, err := PipeFrom("/nowhere/program"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no program: %v", err)
	}
	if _, err := PipeTo("/nowhere/program"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no program: %v", err)
	}
}

func TestAProgramThatDoesNotListenIsEnded(t *testing.T) {
	in, err := PipeFrom("sleep", "1000")
	if err != nil {
		t.Fatal(err)
	}
	out, err := PipeTo("sleep", "1000")
	if err != nil {
		t.Fatal(err)
	}
	failed := make(chan error, 2)
	go func() { failed <- in.Read(make([]int16, Frame)) }()
	go func() {
		var err error
		for err == nil { // until the pipe is full, and then it blocks
			err = out.Write(make([]int16, Frame))
		}
		failed <- err
	}()
	began := time.Now()
	in.Close()
	out.Close()
	for range 2 {
		if err := <-failed; err == nil {
			t.Error("it returned as if all were well")
		}
	}
	if took := time.Since(began); took > 10*dying {
		t.Errorf("the end took %v", took)
	}
}
