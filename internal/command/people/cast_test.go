package people

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"golync/contacts"
)

// A person with one mood would have no next one, and one with a single answer that fits everything would have
// nothing to say the second time.
func TestEverybodyHasEnoughToBeAndToSay(t *testing.T) {
	for _, c := range cast() {
		if len(c.moods) < 2 {
			t.Errorf("%s has %d moods", c.address, len(c.moods))
		}
		anything := 0
		for _, r := range c.replies {
			if r.word == "" {
				anything++
			}
			if strings.ToLower(r.word) != r.word {
				t.Errorf("%s: %q is never found in a message, which is read in lower case", c.address, r.word)
			}
			if strings.TrimSpace(r.text) == "" {
				t.Errorf("%s answers %q with nothing", c.address, r.word)
			}
		}
		if anything < 2 {
			t.Errorf("%s has %d answers to anything", c.address, anything)
		}
		if a, err := contacts.ParseAddress(c.address); err != nil || string(a) != c.address {
			t.Errorf("%s is written %s, %v", c.address, a, err)
		}
		if c.level == 0 {
			t.Errorf("%s has no level for those let in", c.address)
		}
		if c.adds > 0 && c.introduction == "" {
			t.Errorf("%s adds Alice without a word", c.address)
		}
	}
}

// What there is to try needs one of each: a colleague, somebody from outside who asks, a Skype user who asks,
// and one whom the user adds.
func TestTheCastHasEveryKindOfPerson(t *testing.T) {
	kinds := map[contacts.Kind][]string{}
	asks := map[contacts.Kind]bool{}
	for _, c := range cast() {
		kind := contacts.Providers{}.KindOf(Me, contacts.Address(c.address))
		kinds[kind] = append(kinds[kind], c.name)
		asks[kind] = asks[kind] || c.adds > 0
	}
	for _, kind := range []contacts.Kind{contacts.MyOrganization, contacts.External, contacts.Skype} {
		if len(kinds[kind]) == 0 {
			t.Errorf("nobody is of kind %v", kind)
		}
	}
	if !asks[contacts.External] || !asks[contacts.Skype] || asks[contacts.MyOrganization] {
		t.Errorf("who asks by themselves: %v", asks)
	}
	for _, c := range Seed() {
		if !slices.ContainsFunc(cast(), func(p character) bool { return p.address == string(c.Address) && p.adds == 0 }) {
			t.Errorf("%s is in the list from the start and must not ask too", c.Address)
		}
	}
}

func TestNobodySaysTheSameTwiceInARow(t *testing.T) {
	words := []string{"hello", "hi", "thank you!", "when?", "the drawings", "lunch?", "call me", "the server is down", "hinges", "coffee", "yes", "Thursday", "fish", "", "???"}
	for _, c := range cast() {
		dice := rand.New(rand.NewPCG(1, 2))
		p := &person{character: c, dice: dice}
		last := ""
		for range 300 {
			answer := p.answer(words[dice.IntN(len(words))]).text
			if answer == "" || answer == last {
				t.Fatalf("%s says %q after %q", c.name, answer, last)
			}
			last = answer
		}
	}
}

func TestWordsAreFoundAtTheirBeginning(t *testing.T) {
	for _, c := range []struct {
		message, word string
		want          bool
	}{
		{"hello there", "hello", true},
		{"(hello)", "hello", true},
		{"hello, world", "hello", true},
		{"this and that", "hi", false},
		{"hit", "hi", false}, // a short word counts only as a whole
		{"drawings?", "drawing", true},
		{"withdrawing", "drawing", false},
		{"", "hi", false},
	} {
		if got := containsWord(c.message, c.word); got != c.want {
			t.Errorf("%q in %q: %t", c.word, c.message, got)
		}
	}
}

func TestPlansAreKeptInTheOrderOfTime(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 7))
	p := &person{}
	var order []int
	for i := range 200 {
		p.later(time.Duration(dice.IntN(20))*time.Hour, func(context.Context) { order = append(order, i) })
	}
	if !slices.IsSortedFunc(p.plan, func(a, b deed) int { return a.at.Compare(b.at) }) {
		t.Fatal("a later deed stands before an earlier one")
	}
	for _, d := range p.plan {
		d.do(t.Context())
	}
	if len(order) != 200 {
		t.Errorf("%d deeds of 200 are planned", len(order))
	}
}

func TestAroundStaysAround(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 3))
	for range 1000 {
		if d := around(dice, 2*time.Second); d < time.Second || d >= 3*time.Second {
			t.Fatalf("%v is not around two seconds", d)
		}
	}
}

func TestNobodyIsLeftBehindWhenTheLabIsNotThere(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		cfg := Config{Server: "192.0.2.9:5061", CA: w.lab.CA(), Dial: w.network.Dial}
		ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
		defer cancel()
		p, err := Start(ctx, cfg)
		if err == nil {
			t.Fatal("everybody signed in at a server that is not there", p.Close())
		}
		for _, c := range cast() {
			if !strings.Contains(err.Error(), c.address) {
				t.Errorf("the error does not name %s: %v", c.address, err)
			}
		}
	})
}
