package app

import (
	"slices"
	"time"

	"golync/contacts"
	"golync/sipclient"
)

// TransferCall hands the other side of a call over to somebody else, whom they then call (blind). The call goes on
// when that fails. The errors are ErrNoCall, ErrNotTalking, ErrSelf, ErrSamePerson and contacts.AddressError.
func (s *State) TransferCall(now time.Time, id string, to contacts.Address) ([]Effect, error) {
	c := s.calls.find(id)
	if err := transferable(c); err != nil {
		return nil, err
	}
	to, err := s.elsewhere(c, to)
	if err != nil {
		return nil, err
	}
	if c.handingOver() {
		return nil, nil
	}
	s.handOver(c, to, TransferCall{ID: id, To: to})
	return s.flush(), nil
}

// JoinCalls connects the other side of a call with that of the user's other call (attended transfer). Both end
// here. The errors are ErrNoCall, ErrNotTalking and ErrOneCall.
func (s *State) JoinCalls(now time.Time, id string) ([]Effect, error) {
	c := s.calls.find(id)
	if err := transferable(c); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(s.calls.now, func(o *call) bool { return o != c && o.Talking() })
	if i < 0 {
		return nil, ErrOneCall
	}
	other := s.calls.now[i]
	if c.handingOver() || other.handingOver() {
		return nil, nil
	}
	other.joined = true
	s.handOver(c, other.Peer, JoinCalls{ID: id, Other: other.ID})
	return s.flush(), nil
}

func transferable(c *call) error {
	switch {
	case c == nil || c.Rings():
		return ErrNoCall
	case !c.Talking():
		return ErrNotTalking
	}
	return nil
}

// handingOver reports whether a transfer is under way.
func (c *call) handingOver() bool {
	return c.Transfer == sipclient.TransferAsked || c.Transfer == sipclient.TransferRinging
}

func (s *State) handOver(c *call, to contacts.Address, deed Effect) {
	c.Transfer, c.To = sipclient.TransferAsked, to
	s.dropCallNotice(c.Peer)
	s.do(deed)
	s.changed()
}
