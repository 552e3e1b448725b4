package pidf

import (
	"strings"
	"testing"
	"time"

	"golync/internal/text"
)

// at is so many hours before noon.
func at(hours int) time.Time { return noon.Add(-time.Duration(hours) * time.Hour) }

func TestDevicesOfOnePersonMakeOneState(t *testing.T) {
	busy := State{Open: true, Activity: ActivityBusy, Since: at(3)}
	here := State{Open: true, Since: at(2)}
	idle := State{Open: true, Idle: true, Since: at(1)}
	gone := State{Open: true, Idle: true, Activity: ActivityAway, Since: at(1)}
	call := State{Open: true, Activity: ActivityOnThePhone, Since: at(9)}
	off := State{Since: at(0)}
	phone := State{Open: true, Mobile: true, Since: at(4)}
	for _, c := range []struct {
		name    string
		devices []State
		want    State
	}{
		{"none", nil, State{}},
		{"one", []State{busy}, busy},
		{"what was chosen last counts", []State{busy, here}, here},
		{"one in use before one that is idle", []State{here, idle}, here},
		{"one in use before one that is Away by itself", []State{here, gone}, here},
		{"idle everywhere", []State{{Open: true, Idle: true, Since: at(5)}, idle}, idle},
		{"Busy was chosen, idle or not", []State{here, {Open: true, Activity: ActivityBusy, Idle: true, Since: at(1)}}, State{Open: true, Activity: ActivityBusy, Since: at(1)}},
		{"Appear Away was chosen", []State{here, {Open: true, Activity: ActivityAway, Since: at(1)}}, State{Open: true, Activity: ActivityAway, Since: at(1)}},
		{"a call before anything that was chosen", []State{call, here, busy}, call},
		{"one that signed out does not speak", []State{off, busy}, busy},
		{"signed out everywhere", []State{off, {Since: at(7)}}, off},
		{"a telephone alone", []State{phone}, phone},
		{"a telephone and a computer", []State{phone, busy}, busy},
		{"a telephone, and a computer that is off", []State{{Mobile: false}, phone}, phone},
		{
			"the newest note, whoever says what the person does",
			[]State{{Open: true, Activity: ActivityBusy, Since: at(2), Note: text.From("old")}, {Open: true, Since: at(4), Changed: at(1), Note: text.From("new")}},
			State{Open: true, Activity: ActivityBusy, Since: at(2), Changed: at(1), Note: text.From("new")},
		},
		{
			"the place of the device in use",
			[]State{{Open: true, Since: at(2), Location: text.From("desk")}, {Open: true, Idle: true, Since: at(1), Location: text.From("home")}},
			State{Open: true, Since: at(2), Location: text.From("desk")},
		},
		{
			"the newest place when that device tells none",
			[]State{here, {Open: true, Since: at(9), Location: text.From("home")}, {Open: true, Since: at(8), Location: text.From("train")}},
			State{Open: true, Since: at(2), Location: text.From("train")},
		},
	} {
		got := Aggregate(c.devices)
		// Which tuple is best, and so when anything changed last, is another question.
		if c.want.Changed.IsZero() {
			got.Changed = time.Time{}
		}
		if got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

// A server that composes, such as Kamailio, only puts the documents together: it comes to the same.
func TestADocumentPutTogetherReadsAsItsDevices(t *testing.T) {
	states := []State{
		{Open: true, Since: at(2), Location: text.From("desk")},
		{Open: true, Idle: true, Since: at(1), Note: text.From("note")},
		{Open: true, Activity: ActivityOnThePhone, Since: at(3), Mobile: true},
		{Open: true, Activity: ActivityDoNotDisturb, Since: at(1), Changed: at(0)},
		{},
	}
	for i, a := range states {
		for j, b := range states {
			if i == j {
				continue
			}
			one, other := string(BuildDevice(alice, "one", a)), string(BuildDevice(alice, "other", b))
			tail := other[strings.Index(other, "<tuple"):]
			together := strings.Replace(one, "</presence>", "", 1) + tail
			got, err := Parse([]byte(together))
			if want := Aggregate([]State{a, b}); err != nil || got != want {
				t.Errorf("%d and %d: %+v, %v; want %+v", i, j, got, err, want)
			}
		}
	}
}

// Whatever the devices are, the result does not depend on their order when each spoke at another time, and it
// claims no more than they do.
func TestAggregateKeepsWhatHoldsOfEachDevice(t *testing.T) {
	activities := []Activity{ActivityNone, ActivityBusy, ActivityAway, ActivityOnThePhone}
	var all []State
	for i := range 48 {
		all = append(all, State{Open: i%3 > 0, Activity: activities[i%4], Idle: i%5 == 0, Mobile: i%2 == 0, Since: at(i % 16).Add(time.Duration(i) * time.Second)})
	}
	for i, a := range all {
		for j, b := range all {
			if i == j {
				continue
			}
			got, turned := Aggregate([]State{a, b}), Aggregate([]State{b, a})
			if got != turned {
				t.Fatalf("%+v and %+v make %+v or %+v", a, b, got, turned)
			}
			if got.Open != (a.Open || b.Open) || got.Idle && !a.Idle && !b.Idle || got.Mobile && !a.Mobile && !b.Mobile {
				t.Fatalf("%+v and %+v make %+v", a, b, got)
			}
		}
	}
}
