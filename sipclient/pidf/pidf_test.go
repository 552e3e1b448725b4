package pidf

import (
	"strings"
	"testing"
	"testing/quick"
	"time"

	"golync/internal/text"
)

const alice = "sip:alice@contoso.com"

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestStatesComeBackAsTheyWereBuilt(t *testing.T) {
	for _, a := range []Activity{
		ActivityNone, ActivityAway, ActivityBusy, ActivityOnThePhone, ActivityMeeting, ActivityPresentation,
		ActivityVacation, ActivityHoliday, ActivityPermanent, ActivityConference, ActivityDoNotDisturb,
		ActivityBeRightBack, ActivityOffWork, ActivityOutOfOffice, "lunch", "juggling",
	} {
		for _, open := range []bool{true, false} {
			for _, idle := range []bool{true, false} {
				s := State{
					Open: open, Activity: a, Idle: idle, Since: noon,
					Note: text.From("Thanks & <all> for the \"b-day\" wishes!\nBob 😀"), Name: text.From("O'Hara, \u202eAlice"),
				}
				got, err := Parse(Build(alice, s))
				if err != nil || got != s {
					t.Errorf("%+v came back as %+v, %v", s, got, err)
				}
			}
		}
	}
}

func TestAnyTextComesBackOrIsMarked(t *testing.T) {
	same := func(note, name string) bool {
		s := State{Open: true, Note: text.From(note), Name: text.From(name)}
		got, err := Parse(Build(alice, s))
		if err != nil {
			return len(note)+len(name) > limits.Bytes/4
		}
		return got.Note.Raw() == carried(note) && got.Name.Raw() == carried(name)
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
}

// carried is what an XML document can carry of s.
func carried(s string) string {
	s = strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\t' && r != '\n' && r != '\r') || r == 0xFFFE || r == 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, s)
	return strings.Trim(s, " \t\r\n")
}

func TestTokenWithoutAnRPIDNameStandsBesideABroaderOne(t *testing.T) {
	doc := string(Build(alice, State{Open: true, Activity: ActivityDoNotDisturb}))
	if !strings.Contains(doc, "<rpid:busy/><rpid:other>do-not-disturb</rpid:other>") {
		t.Error(doc)
	}
}

func TestEntityIsEscaped(t *testing.T) {
	got, err := Parse(BuildDevice(`sip:a"><x@h`, `d"><`, State{Open: true}))
	if err != nil || !got.Open {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestClosedStateWithNothingToSayLeavesThePersonToOtherDevices(t *testing.T) {
	if doc := string(Build(alice, State{Since: noon})); strings.Contains(doc, "person") {
		t.Error(doc)
	}
}

func BenchmarkParse(b *testing.B) {
	doc := Build(alice, State{Open: true, Activity: ActivityBeRightBack, Note: text.From("back at ten"), Name: text.From("Alice"), Since: noon})
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(doc); err != nil {
			b.Fatal(err)
		}
	}
}

func TestIdlenessOutlivesAServerThatTakesUserInputAway(t *testing.T) {
	for _, a := range []Activity{ActivityNone, ActivityBusy, ActivityAway} {
		doc := string(Build(alice, State{Open: true, Idle: true, Activity: a}))
		less := strings.Replace(doc, "<rpid:user-input>idle</rpid:user-input>", "", 1)
		if got, err := Parse([]byte(less)); less == doc || err != nil || !got.Idle || got.Activity != a {
			t.Errorf("%q: %+v, %v", a, got, err)
		}
	}
}
