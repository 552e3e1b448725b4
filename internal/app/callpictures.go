package app

import (
	"errors"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// Pictures is what the user wants of pictures in a call.
type Pictures uint8

// The wishes. Whatever the other side offers, the user is shown to nobody before ShowPictures.
const (
	PicturesIfOffered Pictures = iota // none is asked for; that of the other side is seen when it offers one
	NoPictures                        // none is asked for and none is taken
	SeePictures                       // the other side is asked for its picture
	ShowPictures                      // the user is seen, too
)

// Why there is no picture in a call.
var (
	ErrNoCamera = errors.New("no camera is chosen: choose one in Options ▸ Video Device")
	ErrUnseen   = errors.New("the other side shows no picture and takes none")
)

// CallPictures is what pictures a call has.
type CallPictures struct {
	On    bool // both sides have agreed on pictures, whether any flow or not
	Seen  bool // that of the other side comes, or may come
	Shown bool // the user's goes out
	// Trouble is why a picture that is wanted is missing; "" when none is.
	Trouble text.Safe
}

// Picture is what the other side shows at a moment: Width times Height pixels of three octets, red, green and blue, line
// by line from the top. It changes too often for State: whoever draws asks the session for it (session.Picture). Nobody
// changes it any more.
type Picture struct {
	Width, Height int
	RGB           []byte
	Number        uint64 // counts them within a call
}

// Deeds on the pictures of calls.
type (
	// ChangePictures has a call with or without pictures from now on. Result: PicturesChanged.
	ChangePictures struct {
		ID   string
		Want Pictures
	}
	// UseCamera has calls show another picture of the user (option.Video).
	UseCamera struct{ Camera string }
)

func (ChangePictures) effect() {}
func (UseCamera) effect()      {}

// PicturesChanged says what pictures a call has now, after it was answered, changed, or something went wrong.
type PicturesChanged struct {
	ID              string
	On, Seen, Shown bool
	Err             error // why a picture that is wanted is missing
}

func (PicturesChanged) result() {}

// PlaceVideoCall is PlaceCall with the picture of the other side. In a call with that person it asks for the picture, and
// one of theirs that rings is answered with it.
func (s *State) PlaceVideoCall(now time.Time, a contacts.Address) ([]Effect, error) {
	if c := s.callWith(a); c != nil && !c.Rings() {
		return s.SetPictures(now, c.ID, SeePictures)
	}
	return s.placeCall(now, a, SeePictures)
}

// SetPictures asks for a call with or without pictures. The errors are ErrNoCall, ErrNotTalking and ErrNoCamera.
func (s *State) SetPictures(now time.Time, id string, want Pictures) ([]Effect, error) {
	c := s.calls.find(id)
	switch {
	case c == nil || c.Rings():
		return nil, ErrNoCall
	case !c.Talking():
		return nil, ErrNotTalking
	case want == ShowPictures && s.chosen.Video.Camera == "":
		return nil, ErrNoCamera
	}
	c.Pictures.Trouble = ""
	s.do(ChangePictures{ID: id, Want: want})
	s.changed()
	return s.flush(), nil
}

// picturesChanged folds what pictures a call has.
func (s *State) picturesChanged(r PicturesChanged) {
	c := s.calls.find(r.ID)
	if c == nil {
		return
	}
	is := CallPictures{On: r.On, Seen: r.Seen, Shown: r.Shown}
	if r.Err != nil {
		is.Trouble = text.From(r.Err.Error()).Line()
	}
	if is != c.Pictures {
		c.Pictures = is
		s.changed()
	}
}

// AnswerCallWith answers a call that rings with pictures as the user wants them. The errors are those of AnswerCall, and
// ErrNoCamera.
func (s *State) AnswerCallWith(now time.Time, id string, want Pictures) ([]Effect, error) {
	c := s.calls.find(id)
	switch {
	case c == nil || !c.Incoming:
		return nil, ErrNoCall
	case !c.Rings():
		return nil, nil // done already
	case len(s.calls.own()) >= maxOwn:
		return nil, ErrTwoCalls
	case want == ShowPictures && s.chosen.Video.Camera == "":
		return nil, ErrNoCamera
	}
	s.inCalls(now, func() {
		c.answered, c.State = true, sipclient.CallAnswering
		s.dropCallNotice(c.Peer)
		s.talkIn(now, id)
	})
	s.do(AnswerCall{ID: id, Pictures: want})
	return s.flush(), nil
}
