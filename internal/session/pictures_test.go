package session

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golync/internal/app"
)

func (l *silentLine) Seen() app.PicturesChanged {
	l.of.mu.Lock()
	defer l.of.mu.Unlock()
	return l.of.seen
}

func (m *machine) sees(is app.PicturesChanged) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen = is
}

// What the user wants of pictures reaches the call before it is offered or answered, and a change is offered anew.
func TestPicturesAsTheUserWantsThem(t *testing.T) {
	m := &machine{}
	b := start(t, &fake{sounds: m})
	b.Do([]app.Effect{
		app.UseCamera{Camera: "test"},
		app.PlaceCall{ID: "one", Peer: dana, Pictures: app.SeePictures},
		app.AnswerCall{ID: "two", Pictures: app.NoPictures},
		app.ChangePictures{ID: "one", Want: app.ShowPictures},
		app.ChangePictures{ID: "gone", Want: app.ShowPictures},
		app.UseCamera{Camera: "/dev/video1"},
	})
	if got := m.heard("pictures"); !slices.Equal(got, []string{"pictures 2", "pictures 1", "pictures 3"}) {
		t.Errorf("wanted %q", got)
	}
	if got := m.heard("camera"); !slices.Equal(got, []string{"camera test", "camera test", "camera /dev/video1", "camera /dev/video1"}) {
		t.Errorf("cameras %q", got)
	}
	if got := slices.DeleteFunc(b.client.noted(), func(n string) bool { return !strings.HasPrefix(n, "renew") }); !slices.Equal(got, []string{"renew one"}) {
		t.Errorf("offered anew %q", got)
	}
	if p, ok := b.Picture("one"); !ok || p.Number != 7 {
		t.Errorf("sees %+v", p)
	}
	if p, ok := b.Picture("gone"); ok {
		t.Errorf("sees %+v of no call", p)
	}
	if all, err := b.Cameras(); err != nil || len(all) != 1 {
		t.Errorf("cameras %v, %v", all, err)
	}
}

// Which pictures there are is told once, whenever it changes: by an answer, a refusal, or a camera that fails.
func TestWhichPicturesThereAreIsTold(t *testing.T) {
	m := &machine{}
	b := talk(t, m)
	l := b.lines.find("one")
	for _, c := range []struct {
		is app.PicturesChanged
		do func()
	}{
		{app.PicturesChanged{On: true, Seen: true}, func() { _ = l.Take(nil) }},
		{app.PicturesChanged{On: true, Seen: true, Shown: true}, func() { _, _ = l.Answer(nil) }},
		{app.PicturesChanged{On: true, Seen: true, Shown: true, Err: errors.New("the camera has gone")}, func() { b.Sound("one") }},
		{app.PicturesChanged{Err: app.ErrUnseen}, func() { l.Kept() }},
	} {
		m.sees(c.is)
		c.do()
		c.do()
		c.is.ID = "one"
		if got := result[app.PicturesChanged](b); got != c.is {
			t.Errorf("told %+v, not %+v", got, c.is)
		}
	}
}
