// Command shots takes the pictures of golync's main screens, by running it against its embedded server and
// using it as a person would. A screen that does not come up fails the command.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golync/internal/shot"
)

// fontSize is the height of the font in the pictures, in pixels.
const fontSize = 15

func main() {
	out := flag.String("out", "docs/img", "directory for the pictures")
	only := flag.String("only", "", "tell the stories whose names begin so")
	flag.Parse()
	if err := run(*out, *only); err != nil {
		fmt.Fprintln(os.Stderr, "shots:", err)
		os.Exit(1)
	}
}

func run(out, only string) error {
	dir, err := os.MkdirTemp("", "golync-shots-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "golync")
	build := exec.Command("go", "build", "-o", binary, "golync")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, text)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	// Most of a story's time is waiting for people, so a few are told at a time.
	free := make(chan struct{}, atOnce)
	told := make(chan error)
	all := slices.DeleteFunc(stories(), func(s story) bool { return !strings.HasPrefix(s.name, only) })
	for _, s := range all {
		go func() {
			free <- struct{}{}
			told <- tell(s, dir, binary, out)
			<-free
		}()
	}
	var errs []error
	for range all {
		errs = append(errs, <-told)
	}
	return errors.Join(errs...)
}

// atOnce is how many stories are told at a time.
const atOnce = 4

// tell runs golync in a home of its own and tells one story.
func tell(s story, dir, binary, out string) error {
	home := filepath.Join(dir, s.name)
	env := []string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "XDG_CONFIG_HOME=" + home, "XDG_DATA_HOME=" + home,
		"XDG_STATE_HOME=" + home, "XDG_RUNTIME_DIR=" + home,
	}
	if err := os.MkdirAll(home, 0o700); err != nil {
		return err
	}
	if err := ears(home); err != nil {
		return err
	}
	p := &photographer{out: out}
	defer func() {
		for _, close := range slices.Backward(p.closes) {
			close()
		}
	}()
	p.opens = func(args ...string) (*shot.Terminal, error) {
		t, err := shot.Start(shot.Options{Cols: s.cols, Rows: s.rows, Env: env, Dark: !s.light}, binary, args...)
		if err == nil {
			p.closes = append(p.closes, t.Close)
		}
		return t, err
	}
	p.do(func() (err error) { p.t, err = p.opens(s.args...); return err })
	if p.err != nil {
		return p.err
	}
	s.tell(p)
	if p.err != nil {
		return fmt.Errorf("%s: %w", s.name, p.err)
	}
	return nil
}

// photographer uses golync and takes pictures; after the first error it does nothing.
type photographer struct {
	t      *shot.Terminal
	out    string
	err    error
	opens  func(args ...string) (*shot.Terminal, error)
	closes []func()
}

// beside opens golync once more in another terminal of the same home, does something there, and returns to
// the terminal where it was.
func (p *photographer) beside(args ...string) (there func(func())) {
	var other *shot.Terminal
	p.do(func() (err error) { other, err = p.opens(args...); return err })
	return func(do func()) {
		if p.err == nil {
			here := p.t
			p.t = other
			do()
			p.t = here
		}
	}
}

func (p *photographer) do(f func() error) {
	if p.err == nil {
		p.err = f()
	}
}

func (p *photographer) sees(texts ...string) {
	for _, text := range texts {
		p.do(func() error { _, err := p.t.See(text); return err })
	}
}

func (p *photographer) loses(text string) {
	p.do(func() error { _, err := p.t.Gone(text); return err })
}

func (p *photographer) press(keys ...string) { p.do(func() error { return p.t.Press(keys...) }) }
func (p *photographer) types(text string)    { p.do(func() error { return p.t.Type(text) }) }
func (p *photographer) clicks(text string)   { p.do(func() error { return p.t.ClickOn(text) }) }
func (p *photographer) rightClicks(text string) {
	p.do(func() error { return p.t.RightClickOn(text) })
}

// leaves presses esc and waits until a text is gone, so that esc is not read together with the next key.
func (p *photographer) leaves(text string) {
	p.press("esc")
	p.loses(text)
}

// quiet waits until no announcement lies over the window: they go by themselves.
func (p *photographer) quiet() {
	p.do(func() error {
		_, err := p.t.Until("the announcements to go", func(s shot.Screen) bool { return !s.Has("╮") })
		return err
	})
}

// still is how long nothing may have been written to the terminal before a picture is taken: a frame comes in
// parts.
const still = 200 * time.Millisecond

// takes writes a picture of what stands there now, as soon as it is whole.
func (p *photographer) takes(name string) {
	p.do(func() error {
		for written := -1; written != len(p.t.Raw()); time.Sleep(still) {
			written = len(p.t.Raw())
		}
		return nil
	})
	p.snaps(name)
}

// snaps writes a picture of what stands there at this moment, for screens that are never at rest.
func (p *photographer) snaps(name string) {
	p.do(func() error {
		f, err := os.Create(filepath.Join(p.out, name+".png"))
		if err != nil {
			return err
		}
		defer f.Close()
		return p.t.Screen().WritePNG(f, fontSize)
	})
}
