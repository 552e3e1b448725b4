package session

import (
	"golync/internal/app"
)

// Picture is what the other side of a call shows now, false when it shows nothing. It is cheap, to be asked for with every
// frame that shows it.
func (s *Session) Picture(id string) (app.Picture, bool) {
	l := s.lines.find(id)
	if l == nil {
		return app.Picture{}, false
	}
	return l.Line.Picture()
}

// Cameras lists what could be shown in calls. The error is why there can be no pictures at all, to be shown or seen.
func (s *Session) Cameras() ([]app.SoundDevice, error) {
	if s.sounds == nil {
		return nil, ErrNoSound
	}
	return s.sounds.Cameras()
}

// changePictures has a call offered anew with other pictures.
func (s *Session) changePictures(e app.ChangePictures) {
	if l := s.lines.find(e.ID); l != nil {
		l.Pictures(e.Want)
		s.client.Renew(e.ID)
	}
}

// useCamera has the calls of the moment, and those that come, show something else.
func (s *Session) useCamera(e app.UseCamera) {
	s.lines.mu.Lock()
	s.lines.camera = e.Camera
	s.lines.mu.Unlock()
	for _, l := range s.lines.all() {
		l.Camera(e.Camera)
		l.tellPictures()
	}
}

// look tells a new line how the user wants pictures.
func (l *line) look(want app.Pictures) {
	l.from.mu.Lock()
	camera := l.from.camera
	l.from.mu.Unlock()
	l.Line.Camera(camera)
	l.Line.Pictures(want)
}

// tellPictures tells State which pictures there are, when that is news.
func (l *line) tellPictures() {
	is := l.Line.Seen()
	is.ID = l.id
	l.from.mu.Lock()
	news := !same(is, l.seen)
	l.seen = is
	l.from.mu.Unlock()
	if news {
		l.put(app.Input{Result: is})
	}
}

// same reports whether two tell the same; errors are compared by what they say.
func same(a, b app.PicturesChanged) bool {
	says := func(err error) string {
		if err == nil {
			return ""
		}
		return err.Error()
	}
	said := says(a.Err) == says(b.Err)
	a.Err, b.Err = nil, nil
	return said && a == b
}

// Answer, Take and Kept are the moments at which pictures come and go. They run on the client's loop.

func (l *line) Answer(offer []byte) ([]byte, error) {
	answer, err := l.Line.Answer(offer)
	l.tellPictures()
	return answer, err
}

func (l *line) Take(answer []byte) error {
	err := l.Line.Take(answer)
	l.tellPictures()
	return err
}

func (l *line) Kept() {
	l.Line.Kept()
	l.tellPictures()
}
