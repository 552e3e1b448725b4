package people

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golync/internal/lab"
	"golync/internal/media"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
)

// fakeLine is a Line without sockets: what is said and heard in the call is the test's to ask and to say.
type fakeLine struct {
	mu     sync.Mutex
	in     media.Source
	out    media.Sink
	digits string
	closed int
}

const description = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"

// Offer and Answer say by sendonly and recvonly that a call is on hold, which is all that the client looks for.
func (l *fakeLine) Offer(hold bool) ([]byte, error) {
	if hold {
		return []byte(description + "a=sendonly\r\n"), nil
	}
	return []byte(description), nil
}

func (l *fakeLine) Answer(offer []byte) ([]byte, error) {
	if strings.Contains(string(offer), "a=sendonly") {
		return []byte(description + "a=recvonly\r\n"), nil
	}
	return []byte(description), nil
}

func (l *fakeLine) Take([]byte) error { return nil }

func (l *fakeLine) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed++
	if l.in != nil {
		_ = l.in.Close()
		_ = l.out.Close()
	}
}

func (l *fakeLine) Connect(in media.Source, out media.Sink) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.in, l.out = in, out
}

func (l *fakeLine) Heard() (string, int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.digits[max(len(l.digits)-64, 0):], len(l.digits)
}

func (l *fakeLine) presses(digits string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.digits += digits
}

// says speaks into the person's ear for a while.
func (l *fakeLine) says(d time.Duration) {
	frame := make([]int16, media.Frame)
	for i := range frame {
		frame[i] = int16(8000 * (1 - i%2*2))
	}
	for range d / media.FrameTime {
		_ = l.out.Write(frame)
		time.Sleep(media.FrameTime)
	}
}

// line makes the sound of a person's call.
func (w *town) line() (Line, error) {
	w.opening.Lock()
	defer w.opening.Unlock()
	l := &fakeLine{}
	w.lines = append(w.lines, l)
	return l, nil
}

func (w *town) lastLine() *fakeLine {
	w.opening.Lock()
	defer w.opening.Unlock()
	return w.lines[len(w.lines)-1]
}

const (
	dana = "sip:dana@contoso.com"
	eve  = "sip:eve@contoso.com"
	fred = "sip:fred@contoso.com"
)

// dials calls somebody and lets time pass.
func (w *town) dials(id, who string, d time.Duration) sipclient.Call {
	w.me.Call(id, who, &fakeLine{})
	w.pass(d)
	return w.calls[id]
}

// heard reports whether somebody has said words.
func (w *town) heard(who, words string) bool {
	return slices.ContainsFunc(w.said, func(s string) bool { return strings.HasPrefix(s, who) && strings.Contains(s, words) })
}

func (w *town) tells(to, words string) {
	w.t.Helper()
	m := sipclient.Message{ID: fmt.Sprint(to, time.Now()), Peer: to, Outgoing: true, Body: text.From(words)}
	if d, err := w.me.Send(w.t.Context(), m); d != sipclient.Sent || err != nil {
		w.t.Fatal(d, err)
	}
}

// Dana's telephone rings for one to three seconds. She is in a call for as long as it lasts, and it ends when I hang up.
func TestDanaAnswersAndIsInACall(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		w.me.Watch(dana, "")
		w.pass(time.Second)
		if is := w.dials("one", dana, 900*time.Millisecond); is.State != sipclient.CallRinging {
			t.Fatalf("after a moment: %+v", is)
		}
		w.pass(2500 * time.Millisecond)
		if is := w.calls["one"]; is.State != sipclient.CallActive {
			t.Fatalf("after three seconds: %+v", is)
		}
		if a := w.seen[dana].State; a.Activity != pidf.ActivityOnThePhone || a.Note.Raw() != "Thanks to all for the b-day wishes!" {
			t.Errorf("meanwhile she is %+v", a)
		}
		w.me.HangUp("one")
		w.pass(time.Second)
		if is := w.calls["one"]; is.State != sipclient.CallEnded || w.lastLine().closed != 1 {
			t.Errorf("in the end: %+v, closed %d times", is, w.lastLine().closed)
		}
		if a := w.seen[dana].State.Activity; a != pidf.ActivityNone {
			t.Errorf("afterwards she is %v", a)
		}
	})
}

// A status that comes by itself does not hide that she is in a call.
func TestWhoTalksStaysInACall(t *testing.T) {
	inTown(t, Config{Seed: 1}, func(w *town) {
		w.me.Watch(dana, "")
		w.pass(time.Second)
		w.dials("one", dana, 4*time.Second)
		for range 10 {
			w.pass(10 * time.Second)
			if a := w.seen[dana].State.Activity; a != pidf.ActivityOnThePhone {
				t.Fatalf("in the call she is %v", a)
			}
		}
	})
}

// While one call is hers, another one is busy.
func TestASecondCallIsBusy(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		w.dials("one", dana, 4*time.Second)
		if is := w.dials("two", dana, time.Second); is.Why != sipclient.EndedRefused || is.Code != codeBusy {
			t.Errorf("%+v", is)
		}
		if is := w.calls["one"]; is.State != sipclient.CallActive {
			t.Errorf("the first one: %+v", is)
		}
	})
}

func TestEveDeclinesAndSaysWhy(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		w.pass(time.Second)
		if is := w.dials("one", eve, 5*time.Second); is.Why != sipclient.EndedRefused || is.Code != codeDecline {
			t.Errorf("%+v", is)
		}
		if !w.heard(eve, "I am in a call") {
			t.Errorf("said %q", w.said)
		}
	})
}

// Fred lets it ring, and calls back: when nobody answers him either, he gives up.
func TestFredIsMissedAndCallsBack(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		w.pass(5 * time.Second)
		if is := w.dials("one", fred, ringsLong-time.Second); is.State != sipclient.CallRinging {
			t.Fatalf("%+v", is)
		}
		w.pass(2 * time.Second)
		if is := w.calls["one"]; is.State != sipclient.CallEnded || is.Code != codeUnavailable {
			t.Errorf("he let it ring: %+v", is)
		}
		w.pass(25 * time.Second)
		if !w.heard(fred, "call you back") || len(w.rang) != 1 || w.calls[w.rang[0]].Peer != fred {
			t.Fatalf("said %q, called %v", w.said, w.rang)
		}
		w.pass(ringsLong)
		if is := w.calls[w.rang[0]]; is.Why != sipclient.EndedCancelled || !w.heard(fred, "You are not there") {
			t.Errorf("%+v; said %q", is, w.said)
		}
		w.pass(5 * time.Minute)
		if len(w.rang) != 1 {
			t.Errorf("he called %d times", len(w.rang))
		}
	})
}

// Who has hung up at once has not been missed.
func TestFredDoesNotCallBackForASecondOfRinging(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		w.pass(5 * time.Second)
		w.dials("one", fred, noticed-time.Second)
		w.me.HangUp("one")
		w.pass(5 * time.Minute)
		if len(w.rang) > 0 || len(w.said) > 0 {
			t.Errorf("called %v, said %q", w.rang, w.said)
		}
		if is := w.dials("two", fred, time.Second); is.State != sipclient.CallRinging {
			t.Errorf("and the next call: %+v", is)
		}
	})
}

// Whoever is asked to calls back, as often as it is asked for, and talks like somebody who was called.
func TestTheyCallWhenAskedTo(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		w.pass(time.Second)
		for i := range 2 {
			w.tells(dana, "Please call me!")
			w.pass(20 * time.Second)
			if len(w.rang) != i+1 {
				t.Fatalf("called %d times; said %q", len(w.rang), w.said)
			}
			id := w.rang[i]
			if is := w.calls[id]; is.Peer != dana || is.State != sipclient.CallRinging {
				t.Fatalf("%+v", is)
			}
			w.me.Answer(id, &fakeLine{})
			w.pass(time.Second)
			if is := w.calls[id]; is.State != sipclient.CallActive {
				t.Fatalf("%+v", is)
			}
			w.tells(dana, "Bye!")
			w.pass(15 * time.Second)
			if is := w.calls[id]; is.Why != sipclient.EndedByPeer {
				t.Errorf("after bye: %+v; said %q", is, w.said)
			}
		}
	})
}

// Outside calls "bye" is a word like others, and who is in a call with one person calls no other one.
func TestPromisesAreKeptOnlyWhereTheyCan(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		w.pass(time.Second)
		w.tells(dana, "Bye!")
		w.pass(10 * time.Second)
		w.dials("one", dana, 5*time.Second)
		w.tells(dana, "Call me!")
		w.pass(20 * time.Second)
		if len(w.rang) != 0 || w.calls["one"].State != sipclient.CallActive {
			t.Errorf("called %v; the call: %+v", w.rang, w.calls["one"])
		}
	})
}

// Digits are answered when no more come, all at once.
func TestDigitsAreAnswered(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		w.dials("one", dana, 4*time.Second)
		w.lastLine().presses("4")
		w.pass(time.Second)
		w.lastLine().presses("2#")
		w.pass(time.Second)
		if len(w.said) > 0 {
			t.Errorf("said before the last digit was over: %q", w.said)
		}
		w.pass(2 * time.Second)
		w.lastLine().presses("7")
		w.pass(3 * time.Second)
		if want := []string{dana + ": You pressed 42#.", dana + ": You pressed 7."}; !slices.Equal(w.said, want) {
			t.Errorf("said %q", w.said)
		}
	})
}

// A call ends by itself after ten minutes, and after three with somebody of whom nothing is heard; who is on hold
// cannot be heard.
func TestCallsAreBounded(t *testing.T) {
	for name, c := range map[string]struct {
		does  func(*town)
		after time.Duration
		says  string
	}{
		"silent":   {func(*town) {}, patienceOf, "I hear nothing of you"},
		"speaking": {func(w *town) { w.lastLine().says(time.Second) }, longest, "I have to go"},
		"pressing": {func(w *town) { w.lastLine().presses("1") }, longest, "I have to go"},
		"holding":  {func(w *town) { w.me.Hold("one", true) }, longest, "I have to go"},
	} {
		t.Run(name, func(t *testing.T) {
			inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
				w.dials("one", dana, 4*time.Second)
				began := time.Now()
				for w.calls["one"].State != sipclient.CallEnded && time.Since(began) < time.Hour {
					c.does(w)
					w.pass(20 * time.Second)
				}
				if lasted := time.Since(began); lasted < c.after-5*time.Second || lasted > c.after+25*time.Second {
					t.Errorf("it lasted %v", lasted)
				}
				if !w.heard(dana, c.says) || w.calls["one"].Why != sipclient.EndedByPeer {
					t.Errorf("%+v; said %q", w.calls["one"], w.said)
				}
			})
		})
	}
}

// Now and then the other side waits for a moment, and comes back.
func TestTheyPutOnHoldNowAndThen(t *testing.T) {
	inTown(t, Config{Seed: 1}, func(w *town) {
		w.dials("one", dana, 4*time.Second)
		times, waiting := 0, false
		for range 8 * 60 {
			w.lastLine().presses("1")
			w.pass(time.Second)
			if is := w.calls["one"]; is.Waiting != waiting {
				waiting = is.Waiting
				times++
			}
		}
		if times < 5 || waiting && times%2 == 0 {
			t.Errorf("%d changes in eight minutes, waiting %t", times, waiting)
		}
	})
}

// Skype users answer through the gateway once both have accepted, and Gina, who is of another company.
func TestOutsidersAnswer(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		bob := lab.Decorate("bob@contoso.com")
		all := []string{"sip:gina@fabrikam.com", "sip:cheri@outlook.com", bob}
		w.pass(10 * time.Second)
		people := map[string]presrules.Level{}
		for _, who := range all {
			people[who] = presrules.External
		}
		w.rules(people)
		for _, who := range all {
			w.me.Watch(who, "")
		}
		w.pass(10 * time.Second)
		for _, who := range all {
			if is := w.dials(who, who, 4*time.Second); is.State != sipclient.CallActive {
				t.Errorf("%s: %+v", who, is)
			}
			w.me.HangUp(who)
			w.pass(time.Second)
		}
	})
}

// Without sound nobody can be talked to, and nobody waits for it.
func TestWithoutSoundNobodyAnswers(t *testing.T) {
	none := func() (Line, error) { return nil, errors.New("no socket") }
	inTown(t, Config{Seed: 1, Still: true, Sound: none}, func(w *town) {
		if is := w.dials("one", dana, 5*time.Second); is.State != sipclient.CallEnded || is.Code != codeUnavailable {
			t.Errorf("%+v", is)
		}
		w.tells(dana, "call me")
		w.pass(20 * time.Second)
		if len(w.rang) > 0 {
			t.Error("she calls without sound")
		}
	})
}

// Who asks not to be disturbed is not: Cheri, who sleeps at times.
func TestWhoDoesNotWantToBeDisturbedIsBusy(t *testing.T) {
	inTown(t, Config{Seed: 1}, func(w *town) {
		cheri := "sip:cheri@outlook.com"
		w.rules(map[string]presrules.Level{cheri: presrules.External})
		w.me.Watch(cheri, "")
		for range 60 {
			w.pass(10 * time.Second)
			if w.seen[cheri].State.Activity == pidf.ActivityDoNotDisturb || strings.HasPrefix(w.seen[cheri].State.Note.Raw(), "Asleep") {
				break
			}
		}
		if is := w.dials("one", cheri, time.Second); is.Code != codeBusy {
			t.Errorf("%+v while she is %+v", is, w.seen[cheri].State)
		}
	})
}
