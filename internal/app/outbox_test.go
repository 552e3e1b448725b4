package app

import (
	"errors"
	"slices"
	"testing"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// send sends and returns the message, which was asked to leave or to be kept.
func (w *world) send(a contacts.Address, body string) sipclient.Message {
	w.t.Helper()
	effects, err := w.Send(w.now, a, body)
	if err != nil {
		w.t.Fatal(err)
	}
	w.do(effects)
	return w.written()
}

// written returns the message that the last call wrote.
func (w *world) written() sipclient.Message {
	w.t.Helper()
	if len(asked[StoreMessage](w)) > 0 {
		return one[StoreMessage](w).Message
	}
	return one[SendMessage](w).Message
}

// sent is the answer to a message that has arrived.
func sent(m sipclient.Message) MessageSettled {
	return MessageSettled{ID: m.ID, Peer: contacts.Address(m.Peer), Delivery: sipclient.Sent}
}

// left returns the bodies of the messages that were asked to leave by the last call.
func (w *world) left() (all []string) {
	for _, s := range asked[SendMessage](w) {
		all = append(all, s.Message.Body.Raw())
	}
	return all
}

func outgoing(id string, seq int64, to contacts.Address, d sipclient.Delivery) sipclient.Message {
	return sipclient.Message{ID: id, Seq: seq, Peer: string(to), Outgoing: true, Body: text.From(id), Delivery: d}
}

func TestTheOutboxOfTheLastRunLeavesOnceAndInOrder(t *testing.T) {
	w := open(t, Saved{Outbox: []sipclient.Message{
		outgoing("first", 1, dana, sipclient.Unsent),
		outgoing("perhaps", 2, dana, sipclient.Unknown),
		outgoing("third", 3, gina, sipclient.Unsent),
		outgoing("second", 2, dana, sipclient.Unsent),
	}})
	if len(w.left()) != 0 {
		t.Error("nothing leaves before signing in")
	}
	w.signIn(Services{})
	if got := w.left(); !slices.Equal(got, []string{"first", "third"}) {
		t.Errorf("left are %v", got)
	}
	w.results(sent(outgoing("first", 1, dana, sipclient.Sent)))
	if got := w.left(); !slices.Equal(got, []string{"second"}) {
		t.Errorf("when the first one has arrived left are %v", got)
	}
	w.take(sipclient.Disconnected{}, sipclient.SignedIn{})
	if got := w.left(); len(got) != 0 {
		t.Errorf("a second time left %v", got)
	}
}

func TestAMessageWrittenWhileSignedOutLeavesWithTheNextSignIn(t *testing.T) {
	w := open(t, Saved{})
	a, b := w.send(dana, "one"), w.send(dana, "two")
	c := w.Conversation(dana)
	w.results(MessageStored{ID: a.ID, Seq: 1}, MessageStored{ID: b.ID, Seq: 2})
	w.asks()
	for _, m := range c.Messages {
		if DeliveryLabel(m) != "waiting" {
			t.Errorf("%q is %v", m.Body.Raw(), m.Delivery)
		}
	}
	w.signIn(Services{})
	if got := w.left(); !slices.Equal(got, []string{"one"}) {
		t.Errorf("left are %v", got)
	}
	w.results(MessageStored{ID: a.ID, Seq: 1}, sent(a))
	if c.Messages[0].Delivery != sipclient.Sent {
		t.Errorf("settled as %+v", c.Messages[0])
	}
	if got := w.left(); !slices.Equal(got, []string{"two"}) {
		t.Errorf("after that left are %v", got)
	}
}

func TestAMessageThatMissedTheReconnectionFollowsAtOnceButOnlyOnce(t *testing.T) {
	w := online(t, Saved{})
	m := w.send(dana, "hello")
	w.take(sipclient.Disconnected{}, sipclient.SignedIn{})
	w.results(MessageSettled{ID: m.ID, Peer: dana, Err: sipclient.ErrNotSignedIn})
	if got := w.left(); !slices.Equal(got, []string{"hello"}) {
		t.Errorf("left are %v", got)
	}
	w.results(MessageSettled{ID: m.ID, Peer: dana, Err: sipclient.ErrNotSignedIn})
	if got := w.left(); len(got) != 0 {
		t.Error("app and client go round in circles")
	}
	w.take(sipclient.SignedIn{})
	if got := w.left(); len(got) != 1 {
		t.Errorf("with the next sign-in left %v", got)
	}
}

func TestHowAMessageWentIsShown(t *testing.T) {
	busy := &sipclient.ResponseError{Method: "MESSAGE", Code: 486, Reason: text.From("Busy Here")}
	for name, c := range map[string]struct {
		result MessageSettled
		want   sipclient.Message
	}{
		"sent":    {MessageSettled{Delivery: sipclient.Sent}, sipclient.Message{Delivery: sipclient.Sent}},
		"stored":  {MessageSettled{Delivery: sipclient.Stored}, sipclient.Message{Delivery: sipclient.Stored}},
		"refused": {MessageSettled{Delivery: sipclient.Failed, Err: busy}, sipclient.Message{Delivery: sipclient.Failed, Code: 486, Reason: text.From("Busy Here")}},
		"unknown": {MessageSettled{Delivery: sipclient.Unknown, Err: sipclient.ErrNoAnswer}, sipclient.Message{Delivery: sipclient.Unknown}},
		"too long": {
			MessageSettled{Delivery: sipclient.Failed, Err: sipclient.ErrTooLong},
			sipclient.Message{Delivery: sipclient.Failed, Reason: text.From("the message is too long")},
		},
	} {
		w := online(t, Saved{})
		m := w.send(dana, "hello")
		c.result.ID, c.result.Peer = m.ID, dana
		w.results(MessageStored{ID: m.ID, Seq: 1}, c.result)
		got := w.Conversation(dana).Messages[0]
		if got.Delivery != c.want.Delivery || got.Code != c.want.Code || got.Reason != c.want.Reason {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAFailureReopensItsConversation(t *testing.T) {
	w := online(t, Saved{})
	m := w.send(dana, "hello")
	w.do(w.Close(w.now, dana))
	w.results(MessageStored{ID: m.ID, Seq: 1})
	w.results(MessageSettled{ID: m.ID, Peer: dana, Delivery: sipclient.Failed})
	c := w.Conversation(dana)
	if c == nil || len(c.Messages) != 1 || c.Messages[0].Delivery != sipclient.Failed {
		t.Fatalf("the conversation is %+v", c)
	}
	w.do(w.Close(w.now, dana))
	w.results(MessageSettled{ID: m.ID, Peer: dana, Delivery: sipclient.Failed})
	if w.Conversation(dana) != nil {
		t.Error("a result that was known already opens it again")
	}
}

func TestAMessageThatCannotBeStoredIsNotSent(t *testing.T) {
	w := online(t, Saved{})
	m := w.send(dana, "hello")
	w.results(MessageStored{ID: m.ID, Err: errors.New("disk full")})
	if got := w.Conversation(dana).Messages[0]; got.Delivery != sipclient.Failed || got.Reason.Raw() != "disk full" {
		t.Errorf("shown as %+v", got)
	}
	if w.says("disk") == "" {
		t.Error("nobody is told")
	}
	w.results(MessageStored{ID: "nobody's", Seq: 3}, MessageSettled{ID: "nobody's", Peer: gina, Delivery: sipclient.Failed})
	if w.Conversation(gina) != nil {
		t.Error("a result without a message opens a conversation")
	}
}

// A message that the disk refuses leaves the way free for the one behind it.
func TestWhatIsBehindAMessageThatCannotBeStoredGoes(t *testing.T) {
	w := online(t, Saved{})
	first, second, third := w.send(dana, "one"), w.send(dana, "two"), w.send(dana, "three")
	w.results(MessageStored{ID: second.ID, Err: errors.New("disk full")})
	if got := w.left(); len(got) != 0 {
		t.Errorf("while the first one is on its way left %v", got)
	}
	w.results(MessageStored{ID: first.ID, Err: errors.New("disk full")})
	if got := one[SendMessage](w).Message; got.ID != third.ID {
		t.Errorf("then left %+v", got)
	}
}

// A page that was read before a message was sent again shows it as failed. It is in the outbox once all the same.
func TestAStalePageSendsNothingTwice(t *testing.T) {
	w := open(t, Saved{Open: []contacts.Address{dana}})
	stale := HistoryLoaded{Peer: dana, Messages: []sipclient.Message{
		outgoing("failed", 1, dana, sipclient.Failed), outgoing("nobody's", 2, dana, sipclient.Unsent),
	}}
	w.results(stale)
	if m := w.Conversation(dana).Messages[1]; m.Waiting {
		t.Error("a message that is not in the outbox waits")
	}
	effects, err := w.Resend(w.now, dana, "failed")
	w.do(effects)
	if err != nil || w.written().ID != "failed" {
		t.Fatalf("%v in %v", err, kinds(w.last))
	}
	w.do(w.Close(w.now, dana))
	w.do(w.Open(w.now, dana))
	w.results(stale)
	if _, err := w.Resend(w.now, dana, "failed"); !errors.Is(err, ErrNoMessage) {
		t.Errorf("a second time: %v", err)
	}
	w.signIn(Services{})
	w.results(sent(one[SendMessage](w).Message))
	if got := w.left(); len(got) != 0 {
		t.Errorf("it left again: %v", got)
	}
}

func TestSendingAgain(t *testing.T) {
	w := online(t, Saved{})
	m := w.send(dana, "hello")
	again := func() error {
		effects, err := w.Resend(w.now, dana, m.ID)
		w.do(effects)
		return err
	}
	if err := again(); !errors.Is(err, ErrNoMessage) {
		t.Errorf("a message on its way: %v", err)
	}
	w.results(MessageStored{ID: m.ID, Seq: 1}, MessageSettled{ID: m.ID, Peer: dana, Delivery: sipclient.Unknown})
	if err := again(); err != nil {
		t.Fatal(err)
	}
	if sent := one[SendMessage](w).Message; sent.ID != m.ID || sent.Seq != 1 || sent.Delivery != sipclient.Unsent {
		t.Errorf("sent again is %+v", sent)
	}
	w.results(MessageSettled{ID: m.ID, Peer: dana, Delivery: sipclient.Sent})
	for _, a := range []contacts.Address{dana, gina} {
		if _, err := w.Resend(w.now, a, m.ID); !errors.Is(err, ErrNoMessage) {
			t.Errorf("to %s: %v", a, err)
		}
	}
}

func TestAMessageThatHadArrivedAfterAllIsNotSentAgain(t *testing.T) {
	w := online(t, Saved{})
	m := w.send(dana, "hello")
	w.results(MessageStored{ID: m.ID, Seq: 1}, MessageSettled{ID: m.ID, Peer: dana, Delivery: sipclient.Unknown})
	effects, _ := w.Resend(w.now, dana, m.ID)
	w.do(effects)
	w.results(MessageStored{ID: m.ID, Err: sipclient.ErrDuplicate})
	if w.says("disk") != "" {
		t.Error("a message that is stored already is no failure of the disk")
	}
	one[LoadPast](w)
	if l := one[LoadHistory](w); l.Before != 2 || l.Limit != 1 {
		t.Errorf("asked for %+v", l)
	}
	m.Seq, m.Delivery = 1, sipclient.Sent
	w.results(HistoryLoaded{Peer: dana, Before: 2, Messages: []sipclient.Message{m}})
	if c := w.Conversation(dana); len(c.Messages) != 1 || c.Messages[0].Delivery != sipclient.Sent {
		t.Errorf("shown are %+v", c.Messages)
	}
}

func TestDeliveryTextIsLyncs(t *testing.T) {
	failed := func(code int) sipclient.Message {
		return sipclient.Message{Peer: "sip:dana@contoso.com", Delivery: sipclient.Failed, Code: code}
	}
	for _, c := range []struct {
		message sipclient.Message
		name    string
		want    text.Safe
	}{
		{sipclient.Message{Delivery: sipclient.Sent}, "Dana", ""},
		{sipclient.Message{Delivery: sipclient.Unsent}, "Dana", ""},
		{sipclient.Message{Delivery: sipclient.Stored}, "Dana", "Dana is offline. The server keeps this message and delivers it later."},
		{sipclient.Message{Delivery: sipclient.Unknown}, "Dana", "This message may not have been delivered to Dana because the server sent the message to this person but it timed out."},
		{failed(480), "Dana", "This message was not delivered to Dana because this person is unavailable or offline."},
		{failed(480), "", "This message was not delivered to dana@contoso.com because this person is unavailable or offline."},
		{failed(486), "Dana", "This message was not delivered to Dana because one or more recipients do not want to be disturbed."},
		{failed(415), "Dana", "This message was not delivered to Dana because one or more recipients don't support this type of message."},
		{failed(503), "Dana", "This message was not delivered to Dana because the service is not available."},
		{failed(603), "Dana", "This message was not delivered to Dana because the service is not available."},
		{failed(404), "Dana", "This message was not delivered to dana@contoso.com because the address is outside your organization and is not federated with your company, or the address is incorrect."},
		{failed(408), "Dana", "This message may not have been delivered to Dana because the server sent the message to this person but it timed out."},
		{failed(606), "Dana", filtered},
		{failed(403), "Dana\x1b[2J", "Dana\uFFFD[2J could not be reached and this message was not delivered."},
		{
			sipclient.Message{Delivery: sipclient.Failed, Code: 403, Reason: text.From("Skype\x1b is off")},
			"Cheri",
			"Cheri could not be reached and this message was not delivered (Skype\uFFFD is off).",
		},
		{ // what a server says that has nothing to say
			sipclient.Message{Delivery: sipclient.Failed, Code: 403, Reason: text.From("forbidden")},
			"Dana", "Dana could not be reached and this message was not delivered.",
		},
		{
			sipclient.Message{Delivery: sipclient.Failed, Code: 403, Peer: "sip:bob(contoso.com)@msn.com"},
			"", "bob@contoso.com could not be reached and this message was not delivered.",
		},
		{failed(0), "Dana", "Dana could not be reached and this message was not delivered."},
		{sipclient.Message{Delivery: sipclient.Failed, Reason: text.From("disk full")}, "Dana", "This message was not delivered to Dana: disk full."},
		{sipclient.Message{Delivery: sipclient.Failed, Code: 480, Peer: "\x1b]0;x"}, "", "This message was not delivered to \uFFFD]0;x because this person is unavailable or offline."},
	} {
		if got := DeliveryText(c.message, text.From(c.name)); got != c.want {
			t.Errorf("%+v: %q, want %q", c.message, got, c.want)
		}
	}
}
