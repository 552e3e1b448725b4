package session

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/calllog"
	"golync/internal/option"
	"golync/sipclient"
)

// machine is the sound of a machine without any. It notes what it is asked.
type machine struct {
	mu     sync.Mutex
	noted  []string
	refuse error // of Open
	use    error // of Use
	wait   chan struct{}
	sound  app.CallSound
	gone   error // of a device in the middle of a call
	seen   app.PicturesChanged
}

func (m *machine) note(format string, a ...any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.noted = append(m.noted, fmt.Sprintf(format, a...))
}

// heard are the notes that begin with a word.
func (m *machine) heard(word string) (all []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, n := range m.noted {
		if strings.HasPrefix(n, word) {
			all = append(all, n)
		}
	}
	return all
}

func (m *machine) Open(w Way) (Line, error) {
	m.note("open at %v secure %t", w.Local, w.Secure)
	if m.refuse != nil {
		return nil, m.refuse
	}
	return &silentLine{of: m}, nil
}

func (m *machine) Devices(context.Context) app.SoundDevices {
	return app.SoundDevices{Sources: []app.SoundDevice{{Name: "mic"}}}
}

func (m *machine) Cameras() ([]app.SoundDevice, error) {
	return []app.SoundDevice{{Name: "/dev/video0"}}, m.refuse
}
func (m *machine) Play(tone app.Tone, sink string) { m.note("tone %d %s", tone, sink) }
func (m *machine) Try(source, sink string) (func() app.CallSound, func(), error) {
	m.note("try %s %s", source, sink)
	return func() app.CallSound { return m.sound }, func() { m.note("tried") }, nil
}

type silentLine struct{ of *machine }

func (l *silentLine) Offer(bool) ([]byte, error)    { return []byte("offer"), nil }
func (l *silentLine) Answer([]byte) ([]byte, error) { return []byte("answer"), nil }
func (l *silentLine) Take([]byte) error             { return nil }
func (l *silentLine) Close()                        { l.of.note("close") }
func (l *silentLine) Kept()                         { l.of.note("kept") }
func (l *silentLine) Camera(name string)            { l.of.note("camera %s", name) }
func (l *silentLine) Pictures(want app.Pictures)    { l.of.note("pictures %d", want) }
func (l *silentLine) Picture() (app.Picture, bool)  { return app.Picture{Number: 7}, true }
func (l *silentLine) Mute(on bool)                  { l.of.note("mute %t", on) }
func (l *silentLine) Digit(key rune) error {
	l.of.note("key %c", key)
	if key == 'D' {
		return errors.New("they take no keys")
	}
	return nil
}

func (l *silentLine) Use(source, sink string) error {
	if l.of.wait != nil {
		<-l.of.wait
	}
	l.of.note("use %q %q", source, sink)
	return l.of.use
}

func (l *silentLine) Sound() (app.CallSound, error) {
	l.of.mu.Lock()
	defer l.of.mu.Unlock()
	return l.of.sound, l.of.gone
}

// talk starts a session in which a call with Dana is under way.
func talk(t *testing.T, m *machine) *bench {
	t.Helper()
	b := start(t, &fake{sounds: m})
	b.Do([]app.Effect{app.PlaceCall{ID: "one", Peer: dana}})
	if d := result[app.Done](b); d.Err != nil {
		t.Fatalf("placing a call: %v", d.Err)
	}
	return b
}

func TestEachDeedOnACallReachesTheClient(t *testing.T) {
	m := &machine{}
	b := talk(t, m)
	b.Do([]app.Effect{
		app.AnswerCall{ID: "two"},
		app.DeclineCall{ID: "three", Code: 486},
		app.RedirectCall{ID: "four", To: eve},
		app.HoldCall{ID: "one", On: true},
		app.TransferCall{ID: "one", To: eve},
		app.JoinCalls{ID: "one", Other: "two"},
		app.HangUp{ID: "one"},
	})
	want := []string{
		"call one sip:dana@contoso.com", "answer two", "decline three 486", "redirect four sip:eve@contoso.com",
		"hold one true", "transfer one sip:eve@contoso.com", "join one two", "hang up one",
	}
	if got := b.client.noted(); !slices.Equal(got, want) {
		t.Errorf("the client was asked for\n%q, want\n%q", got, want)
	}
}

func TestSoundIsTakenWhereTheServerIsReached(t *testing.T) {
	m := &machine{}
	b := start(t, &fake{sounds: m})
	place := func() {
		b.Do([]app.Effect{app.PlaceCall{ID: "one", Peer: dana}})
		result[app.Done](b)
	}
	place()
	b.client.options.Emit(sipclient.SignedIn{Server: "127.0.0.1:5061", Transport: "TLS"})
	place()
	b.client.options.Emit(sipclient.SignedIn{Server: "[::1]:5060", Transport: "TCP"})
	b.Session.local = netip.MustParseAddr("127.0.0.2")
	place()
	want := []string{"open at invalid IP secure false", "open at 127.0.0.1 secure true", "open at 127.0.0.2 secure false"}
	if got := m.heard("open"); !slices.Equal(got, want) {
		t.Errorf("opened %q, want %q", got, want)
	}
}

func TestMuteKeysAndDevicesReachTheSoundOfTheirCall(t *testing.T) {
	m := &machine{}
	b := talk(t, m)
	b.Do([]app.Effect{app.MuteCall{ID: "one", On: true}, app.MuteCall{ID: "gone", On: true}, app.SendDigits{ID: "one", Digits: "1#"}})
	if d := result[app.Done](b); d.Err != nil {
		t.Errorf("pressing keys: %v", d.Err)
	}
	b.Do([]app.Effect{app.SendDigits{ID: "one", Digits: "D2"}})
	if d := result[app.Done](b); d.Err == nil {
		t.Error("a key that was not taken was not told of")
	}
	b.Do([]app.Effect{app.SendDigits{ID: "gone", Digits: "1"}})
	if d := result[app.Done](b); d.Err != nil {
		t.Errorf("keys in a call that is over: %v", d.Err)
	}
	if got := m.heard("mute"); !slices.Equal(got, []string{"mute true"}) {
		t.Errorf("muted %q", got)
	}
	if got := m.heard("key"); !slices.Equal(got, []string{"key 1", "key #", "key D"}) {
		t.Errorf("pressed %q", got)
	}
	b.client.media["one"].Close()
	if m.heard("close") == nil || b.Session.lines.find("one") != nil {
		t.Error("the sound of a call that is over is still known")
	}
	b.Do([]app.Effect{app.MuteCall{ID: "one", On: false}})
	if len(m.heard("mute")) != 1 {
		t.Error("a call that is over was muted")
	}
}

func TestACallUsesTheDevicesOfTheOptions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir, m := t.TempDir(), &machine{}
		b := begin(t, dir, &fake{})
		o := option.Default()
		o.Audio = option.Audio{Source: "mic", Sink: "ears"}
		b.Do([]app.Effect{app.SaveOptions{Options: o}})
		b = b.again(&fake{sounds: m})
		b.Do([]app.Effect{app.PlaceCall{ID: "one", Peer: dana}, app.PlayTone{Tone: app.RingBackTone}})
		synctest.Wait()
		b.Do([]app.Effect{app.UseDevices{Source: "mic", Sink: option.AudioNone}})
		synctest.Wait()
		if got := m.heard("use"); !slices.Equal(got, []string{`use "mic" "ears"`, `use "mic" "none"`}) {
			t.Errorf("used %q", got)
		}
		if got := m.heard("tone"); !slices.Equal(got, []string{"tone 3 ears"}) {
			t.Errorf("played %q", got)
		}
		b.Close(t.Context())
	})
}

// A device that does not open, or takes for ever, stops no call.
func TestACallGoesOnWithoutDevices(t *testing.T) {
	m := &machine{wait: make(chan struct{}), use: errors.New("no microphone")}
	b := talk(t, m)
	close(m.wait)
	if r := result[app.SoundFailed](b); r.ID != "one" || r.Err == nil {
		t.Errorf("got %+v", r)
	}
	if got := b.client.noted(); !slices.Equal(got, []string{"call one sip:dana@contoso.com"}) {
		t.Errorf("the client was asked for %q", got)
	}
}

func TestADeviceThatGoesIsToldOnceAndThatItIsBack(t *testing.T) {
	m := &machine{sound: app.CallSound{Codec: "G722"}}
	b := talk(t, m)
	if b.Sound("one").Codec != "G722" || b.Sound("gone") != (app.CallSound{}) {
		t.Error("how a call sounds is not told")
	}
	m.mu.Lock()
	m.gone = errors.New("unplugged")
	m.mu.Unlock()
	b.Sound("one")
	b.Sound("one")
	if r := result[app.SoundFailed](b); r.Err == nil {
		t.Error("nobody tells that the device is gone")
	}
	m.mu.Lock()
	m.gone = nil
	m.mu.Unlock()
	b.Sound("one")
	if r := result[app.SoundFailed](b); r.Err != nil {
		t.Errorf("told twice: %v", r.Err)
	}
}

func TestWithoutSoundThereAreNoCalls(t *testing.T) {
	b := start(t, &fake{})
	b.Do([]app.Effect{app.PlaceCall{ID: "one", Peer: dana}})
	if d := result[app.Done](b); !errors.Is(d.Err, ErrNoSound) {
		t.Errorf("placing a call: %v", d.Err)
	}
	b.Do([]app.Effect{app.PlayTone{Tone: app.RingTone}})
	if d := b.SoundDevices(t.Context()); !errors.Is(d.Err, ErrNoSound) {
		t.Errorf("devices: %+v", d)
	}
	if _, _, err := b.TrySound("", ""); !errors.Is(err, ErrNoSound) {
		t.Errorf("trying: %v", err)
	}
	b = start(t, &fake{sounds: &machine{refuse: errors.New("no port is free")}})
	b.Do([]app.Effect{app.AnswerCall{ID: "one"}})
	if d := result[app.Done](b); d.Err == nil || len(b.client.noted()) != 0 {
		t.Errorf("answered without sound: %v", b.client.noted())
	}
}

func TestDevicesAreListedAndTried(t *testing.T) {
	m := &machine{sound: app.CallSound{In: 0.5}}
	b := start(t, &fake{sounds: m})
	if d := b.SoundDevices(t.Context()); len(d.Sources) != 1 || d.Err != nil {
		t.Errorf("devices: %+v", d)
	}
	level, stop, err := b.TrySound("mic", "ears")
	if err != nil || level().In != 0.5 {
		t.Errorf("trying: %v", err)
	}
	stop()
	if m.heard("tried") == nil {
		t.Error("it goes on")
	}
}

func TestACallRingsForSoLongAndNotAfterItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, &fake{})
		began := time.Now()
		b.Do([]app.Effect{
			app.TimeRinging{ID: "missed", For: time.Minute},
			app.TimeRinging{ID: "answered", For: time.Second},
			app.TimeRinging{ID: "for long", For: time.Hour},
		})
		b.client.options.Emit(sipclient.CallChanged{Call: sipclient.Call{ID: "missed", State: sipclient.CallRinging}})
		b.client.options.Emit(sipclient.CallChanged{Call: sipclient.Call{ID: "answered", State: sipclient.CallAnswering}})
		// The queue gives at most a batch each frame.
		time.Sleep(2 * time.Minute)
		if r := result[app.RangOut](b); r.ID != "missed" || time.Since(began) < time.Minute {
			t.Errorf("%+v after %v", r, time.Since(began))
		}
		b.Close(t.Context())
		time.Sleep(time.Hour)
	})
}

func TestCallsThatDoNotDisturbKeepsAwayAreTold(t *testing.T) {
	b := start(t, &fake{})
	b.Do([]app.Effect{app.SetAdmission{Admission: alerts.Admission{
		Options: alerts.Default(), Mine: contacts.DoNotDisturb,
		Decided: map[contacts.Address]contacts.Relationship{eve: contacts.BlockedContacts},
	}}})
	admit := func(from contacts.Address) int {
		return b.client.options.Admit(sipclient.Incoming{Method: "INVITE", From: string(from)}).Refuse
	}
	if code := admit(eve); code != 603 {
		t.Errorf("somebody blocked gets %d", code)
	}
	for range 100 {
		if code := admit(dana); code != 486 {
			t.Fatalf("somebody who disturbs gets %d", code)
		}
	}
	if r := result[app.CallKeptAway](b); r.Peer != dana {
		t.Errorf("kept away was %s", r.Peer)
	}
	b.settle()
	if len(b.pending) != 0 {
		t.Errorf("told of a hundred calls in a moment: %d more", len(b.pending))
	}
}

func TestTheLogOfCallsIsKeptPagedAndReadAgain(t *testing.T) {
	dir := t.TempDir()
	b := begin(t, dir, &fake{})
	for n := range 3 {
		b.Do([]app.Effect{app.SaveCall{Entry: calllog.Entry{
			ID: fmt.Sprint(n), Peer: dana, Incoming: true, Began: time.Unix(int64(n), 0), Outcome: calllog.Missed,
		}}})
	}
	b = b.again(&fake{})
	b.Do([]app.Effect{app.LoadCalls{Limit: 1}})
	page := result[app.CallsLoaded](b)
	if len(page.Entries) != 1 || page.Entries[0].ID != "2" || !page.More || page.Missed != 2 {
		t.Errorf("the first page is %+v", page)
	}
	b.Do([]app.Effect{app.MarkCallsSeen{}, app.LoadCalls{Before: page.Entries[0].Seq, Limit: 5}})
	page = result[app.CallsLoaded](b)
	if len(page.Entries) != 2 || page.More || page.Before == 0 || !page.Entries[0].Seen {
		t.Errorf("the second page is %+v", page)
	}
	b.Do([]app.Effect{app.DeleteHistory{Peer: dana}})
	if page = result[app.CallsLoaded](b); len(page.Entries) != 0 || page.Before != 0 {
		t.Errorf("after the deletion there are %+v", page)
	}
}
