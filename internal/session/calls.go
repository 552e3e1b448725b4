package session

import (
	"errors"

	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/store"
)

// placeCall and answerCall give the client the sound of the call, which owns it from then on.
func (s *Session) placeCall(e app.PlaceCall) {
	l, err := s.openLine(e.ID, e.Pictures)
	if err == nil {
		s.client.Call(e.ID, string(e.Peer), l)
	}
	s.done(e, err)
}

func (s *Session) answerCall(e app.AnswerCall) {
	l, err := s.openLine(e.ID, e.Pictures)
	if err == nil {
		s.client.Answer(e.ID, l)
	}
	s.done(e, err)
}

func (s *Session) muteCall(e app.MuteCall) {
	if l := s.lines.find(e.ID); l != nil {
		l.Mute(e.On)
	}
}

func (s *Session) sendDigits(e app.SendDigits) {
	l := s.lines.find(e.ID)
	if l == nil {
		s.done(e, nil) // the call is over, and everybody sees it
		return
	}
	for _, key := range e.Digits {
		if err := l.Digit(key); err != nil {
			s.done(e, err)
			return
		}
	}
	s.done(e, nil)
}

// useDevices has the calls of the moment, and those that come, use other devices.
func (s *Session) useDevices(e app.UseDevices) {
	s.lines.use(option.Audio{Source: e.Source, Sink: e.Sink})
	for _, l := range s.lines.all() {
		s.connect(l)
	}
}

func (s *Session) playTone(e app.PlayTone) {
	if s.sounds != nil {
		s.sounds.Play(e.Tone, s.lines.devices().Sink)
	}
}

func (s *Session) loadCalls(e app.LoadCalls) {
	s.store.Calls(e.Before, e.Limit, func(p store.CallPage, err error) {
		if errors.Is(err, store.ErrClosed) {
			return // nobody looks any more
		}
		s.put(app.Input{Result: app.CallsLoaded{Before: e.Before, Entries: p.Entries, More: p.More, Missed: p.Missed, Err: err}})
	})
}
