package ui

import (
	"errors"
	"testing"

	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
)

// filmed is the world of somebody who has something to show.
func filmed() *app.State {
	return worldOf(func(o *option.Set) { o.Video = option.Video{Camera: option.VideoTest} })()
}

// errNoFFmpeg is as the session says it.
var errNoFFmpeg = errors.New("pictures need ffmpeg, which is not installed: install the package ffmpeg")

// Every way to call with a picture leads to one call that asks to see the other side and shows nobody.
func TestEveryWayToCallWithAPicture(t *testing.T) {
	for name, do := range map[string]func(x *face){
		"menu":    func(x *face) { x.rightClick("Bob"); x.click("Start a Video Call") },
		"header":  func(x *face) { x.talks(); x.click(" video ") },
		"command": func(x *face) { x.talks(); x.types("/video"); x.press("enter") },
	} {
		watching(t, 100, 40, filmed, Options{}, func(x *face, e *eye) {
			do(x)
			if placed := did[app.PlaceCall](x); len(placed) != 1 || placed[0].Pictures != app.SeePictures || placed[0].Peer != bob {
				t.Errorf("%s: %+v", name, placed)
			}
			x.sees("Call with Bob", "Calling…")
		})
		watching(t, 100, 40, filmed, Options{}, func(x *face, e *eye) {
			e.err = errNoFFmpeg
			do(x)
			x.sees("ictures need ffmpeg, which is not")
			if placed := did[app.PlaceCall](x); len(placed) != 0 {
				t.Errorf("%s without ffmpeg: %+v", name, placed)
			}
		})
	}
}

// A call gets pictures, shows the user and hides them again, by key, button and command.
func TestPicturesInACall(t *testing.T) {
	wants := func(x *face, how string, want app.Pictures) {
		x.t.Helper()
		if got := did[app.ChangePictures](x); len(got) != 1 || got[0].Want != want {
			x.t.Errorf("%s asks for %+v, not %v", how, got, want)
		}
	}
	for way, press := range map[string]map[string]func(x *face){
		"key":     {"video": func(x *face) { x.press("alt+v") }, "camera": func(x *face) { x.press("alt+u") }},
		"command": {"video": func(x *face) { x.types("/video"); x.press("enter") }, "camera": func(x *face) { x.types("/camera"); x.press("enter") }},
		"button":  {"video": func(x *face) { x.click(" Video ") }, "camera": func(x *face) { x.click(" Camera ") }},
	} {
		watching(t, 200, 60, filmed, Options{}, func(x *face, e *eye) {
			c := x.talksTo(dana)
			press["video"](x)
			wants(x, way, app.SeePictures)
			x.results(app.PicturesChanged{ID: c.ID, On: true})
			x.sees("No picture")
			press["camera"](x)
			wants(x, way, app.ShowPictures)
			x.results(app.PicturesChanged{ID: c.ID, On: true, Seen: true, Shown: true})
			x.sees("They see you")
			x.press("alt+u")
			wants(x, way, app.SeePictures)
			x.press("alt+v")
			wants(x, way, app.NoPictures)
			x.results(app.PicturesChanged{ID: c.ID, Err: app.ErrUnseen})
			x.sees("the other side shows no picture and takes none")
			x.seesNot("They see you")
		})
	}
}

func TestWhyThereIsNoPictureIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		do   func(x *face)
		says string
	}{
		"no ffmpeg":    {errNoFFmpeg, func(x *face) { x.talksTo(dana); x.press("alt+v") }, "Pictures need ffmpeg, which is not installed: install the package ffmpeg."},
		"no camera":    {nil, func(x *face) { x.talksTo(dana); x.press("alt+u") }, "No camera is chosen: choose one in Options ▸ Video Device."},
		"not answered": {nil, func(x *face) { x.press("alt+p"); x.dialled(); x.press("alt+v") }, "Nobody has answered this call yet."},
	} {
		watching(t, 120, 40, world, Options{}, func(x *face, e *eye) {
			e.err = c.err
			c.do(x)
			x.sees(c.says)
			if got := did[app.ChangePictures](x); len(got) > 0 {
				t.Errorf("%s: %+v", name, got)
			}
		})
	}
}

// What rings says that it is a video call, and is answered with the user's camera, without it, or without any picture.
func TestAnIncomingVideoCall(t *testing.T) {
	offers := func(c *sipclient.Call) { c.Video = true }
	for name, c := range map[string]struct {
		do   func(x *face)
		want app.Pictures
	}{
		"answer":      {func(x *face) { x.press("alt+c") }, app.PicturesIfOffered},
		"with camera": {func(x *face) { x.press("alt+z"); x.click("Answer with My Camera") }, app.ShowPictures},
		"sound alone": {func(x *face) { x.press("alt+z"); x.click("Answer without Video") }, app.NoPictures},
	} {
		for _, size := range sizes {
			watching(t, size.width, size.height, filmed, Options{}, func(x *face, e *eye) {
				x.hears(calls(dana, "Dana"), offers)
				x.sees("Incoming video call")
				c.do(x)
				if got := did[app.AnswerCall](x); len(got) != 1 || got[0].Pictures != c.want {
					t.Errorf("%v, %s: %+v", size, name, got)
				}
			})
		}
	}
	watching(t, 100, 30, world, Options{}, func(x *face, e *eye) {
		x.hears(calls(dana, "Dana"), offers)
		x.press("alt+z")
		x.click("Answer with My Camera")
		x.sees("No camera is chosen")
		if got := did[app.AnswerCall](x); len(got) > 0 {
			t.Errorf("answered %+v", got)
		}
		x.press("esc")
		x.hears(calls(eve, "Eve"))
		x.seesNot("Answer without Video")
	})
}

// Each device is chosen by its label, a film by its file, and what is chosen is what OK puts in force.
func TestTheCameraIsChosen(t *testing.T) {
	webcam := app.SoundDevice{Name: "/dev/video0", Label: text.From("HD Webcam")}
	for _, size := range sizes {
		watching(t, size.width, size.height, world, Options{}, func(x *face, e *eye) {
			e.cameras = []app.SoundDevice{webcam, {Name: "/dev/video2", Label: text.From("\x1b[31m")}}
			x.opensPage("Video Device")
			x.sees("None")
			x.press("right")
			x.sees("A test picture")
			x.press("right", "right")
			x.sees("HD Webcam (/dev/video0)")
			x.click("  OK  ")
			if got := x.savedOptions().Video; got.Camera != "/dev/video0" {
				t.Errorf("chose %+v", got)
			}
			if got := did[app.UseCamera](x); len(got) != 1 || got[0].Camera != "/dev/video0" {
				t.Errorf("told %+v", got)
			}
			x.opensPage("Video Device")
			x.press("left")
			x.click("  OK  ")
			x.sees("Error: no file is named.")
			x.types("/home/alice/film.mkv")
			x.click("  OK  ")
			if got := x.savedOptions().Video; got.Camera != "file:/home/alice/film.mkv" {
				t.Errorf("chose %+v", got)
			}
			x.opensPage("Video Device")
			x.sees("A film from a file", "/home/alice/film.mkv")
		})
	}
}

// A camera that is not there now stays chosen, and without ffmpeg the page says what to install.
func TestTheVideoPageSaysWhatIsMissing(t *testing.T) {
	away := worldOf(func(o *option.Set) { o.Video = option.Video{Camera: "/dev/video7"} })
	watching(t, 100, 30, away, Options{}, func(x *face, e *eye) {
		e.err = errNoFFmpeg
		x.opensPage("Video Device")
		x.sees("/dev/video7 (not there now)", "Error: Pictures need ffmpeg")
		x.click("  OK  ")
		if got := x.state.Options().Video.Camera; got != "/dev/video7" {
			t.Errorf("it became %q", got)
		}
	})
}
