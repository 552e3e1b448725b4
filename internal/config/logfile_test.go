package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestTheLogNeverGrowsBeyondItsBound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state", "golync")
	l, err := openLog(dir, 100, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		if _, err := fmt.Fprintf(l, "line %04d\n", i); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, name := range []string{"golync.log.2", "golync.log.1", "golync.log"} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if len(content) > 100 {
			t.Errorf("%s has %d bytes", name, len(content))
		}
		lines = append(lines, strings.Split(strings.TrimSpace(string(content)), "\n")...)
	}
	if _, err := os.Stat(filepath.Join(dir, "golync.log.3")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a fourth file: %v", err)
	}
	for i, line := range lines {
		if want := fmt.Sprintf("line %04d", 100-len(lines)+i); line != want {
			t.Fatalf("line %d is %q, want %q", i, line, want)
		}
	}
	if _, err := l.Write([]byte("late")); err == nil {
		t.Error("a closed log was written to")
	}
}

func TestTheLogGoesOnAfterARestartForTheUserAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "golync")
	for range 2 {
		l, err := OpenLog(dir)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(l, "x")
		if err := errors.Join(l.Close(), l.Close()); err != nil {
			t.Error(err)
		}
	}
	path := filepath.Join(dir, "golync.log")
	content, _ := os.ReadFile(path)
	if string(content) != "x\nx\n" {
		t.Errorf("got %q", content)
	}
	for p, want := range map[string]os.FileMode{dir: 0o700, path: 0o600} {
		if info, err := os.Stat(p); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", p, info.Mode(), err)
		}
	}
}

func TestManyWritersLeaveWholeLines(t *testing.T) {
	dir := t.TempDir()
	l, err := openLog(dir, 1<<20, 2)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 200 {
				fmt.Fprintln(l, strings.Repeat("x", 50))
			}
		})
	}
	group.Wait()
	content, _ := os.ReadFile(filepath.Join(dir, "golync.log"))
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	for _, line := range lines {
		if len(line) != 50 {
			t.Fatalf("a line of %d", len(line))
		}
	}
	if len(lines) != 1600 {
		t.Errorf("%d lines", len(lines))
	}
}
