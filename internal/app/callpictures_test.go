package app

import (
	"errors"
	"strings"
	"testing"

	"golync/internal/option"
	"golync/sipclient"
)

// camera gives the user something to show.
func (w *world) camera() {
	o := w.Options()
	o.Video = option.Video{Camera: option.VideoTest}
	w.do(w.SetOptions(w.now, o))
}

// A video call asks to see the other side, and shows the user to nobody.
func TestAVideoCallShowsTheUserToNobody(t *testing.T) {
	w := online(t, friends(dana))
	w.camera()
	effects, err := w.PlaceVideoCall(w.now, dana)
	w.do(effects)
	if p := one[PlaceCall](w); err != nil || p.Pictures != SeePictures || p.Peer != dana {
		t.Errorf("%+v, %v", p, err)
	}
	effects, err = w.PlaceVideoCall(w.now, dana)
	refuses(t, effects, err, ErrNotTalking)
}

func TestACallBecomesAVideoCallAndBack(t *testing.T) {
	w := online(t, friends(dana))
	c := w.talks(dana)
	for _, d := range []struct {
		do   func() ([]Effect, error)
		want Pictures
	}{
		{func() ([]Effect, error) { return w.PlaceVideoCall(w.now, dana) }, SeePictures},
		{func() ([]Effect, error) { w.camera(); return w.SetPictures(w.now, c.ID, ShowPictures) }, ShowPictures},
		{func() ([]Effect, error) { return w.SetPictures(w.now, c.ID, NoPictures) }, NoPictures},
	} {
		effects, err := d.do()
		w.last = nil
		w.do(effects)
		if got := one[ChangePictures](w); err != nil || got != (ChangePictures{ID: c.ID, Want: d.want}) {
			t.Errorf("%+v, %v", got, err)
		}
	}
	w.results(PicturesChanged{ID: c.ID, On: true, Seen: true}, PicturesChanged{ID: "gone", Seen: true})
	if is := w.call(c.ID).Pictures; !is.On || !is.Seen || is.Shown || is.Trouble != "" {
		t.Errorf("%+v", is)
	}
	w.results(PicturesChanged{ID: c.ID, Err: errors.New("no camera\x1b[31m")})
	if is := w.call(c.ID).Pictures; is.Seen || !strings.HasPrefix(string(is.Trouble), "no camera") || strings.Contains(string(is.Trouble), "\x1b") {
		t.Errorf("%+v", is)
	}
	version := w.version
	w.results(PicturesChanged{ID: c.ID, Err: errors.New("no camera\x1b[31m")})
	if w.version != version {
		t.Error("what is no news is drawn anew")
	}
}

func TestWhyThereIsNoPicture(t *testing.T) {
	w := online(t, friends(dana, eve))
	effects, err := w.SetPictures(w.now, "none", SeePictures)
	refuses(t, effects, err, ErrNoCall)
	c := rings(eve)
	w.hears(c)
	effects, err = w.SetPictures(w.now, c.ID, SeePictures)
	refuses(t, effects, err, ErrNoCall)
	effects, err = w.AnswerCallWith(w.now, c.ID, ShowPictures)
	refuses(t, effects, err, ErrNoCamera)
	if !w.call(c.ID).Rings() {
		t.Error("it does not ring any more")
	}
	w.do(w.DeclineCall(w.now, c.ID))
	c = w.dials(dana)
	effects, err = w.SetPictures(w.now, c.ID, SeePictures)
	refuses(t, effects, err, ErrNotTalking)
	c.State = sipclient.CallActive
	w.hears(c)
	effects, err = w.SetPictures(w.now, c.ID, ShowPictures)
	refuses(t, effects, err, ErrNoCamera)
}

// A video call that comes says so, and is answered as the user says.
func TestAnIncomingVideoCallIsAnsweredAsTheUserSays(t *testing.T) {
	for _, want := range []Pictures{PicturesIfOffered, NoPictures, SeePictures, ShowPictures} {
		w := online(t, friends(dana))
		w.camera()
		c := rings(dana)
		c.Video = true
		w.hears(c)
		if !w.call(c.ID).Offers {
			t.Error("it does not say that it is a video call")
		}
		effects, err := w.AnswerCallWith(w.now, c.ID, want)
		w.last = nil
		w.do(effects)
		if got := one[AnswerCall](w); err != nil || got != (AnswerCall{ID: c.ID, Pictures: want}) {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

func TestAnotherCameraIsTold(t *testing.T) {
	w := online(t, friends(dana))
	w.camera()
	if got := one[UseCamera](w); got.Camera != option.VideoTest {
		t.Errorf("%+v", got)
	}
}
