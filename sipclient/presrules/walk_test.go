package presrules

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// someRules are decisions about up to twelve people and up to three domains.
func someRules(dice *rand.Rand) Rules {
	r := Rules{People: map[string]Level{}}
	for range dice.IntN(12) {
		r.People[fmt.Sprintf("sip:p%d@d%d.example", dice.IntN(20), dice.IntN(4))] = FriendsAndFamily + Level(dice.IntN(int(Dismissed)))
	}
	for range dice.IntN(3) {
		if d := fmt.Sprintf("d%d.example", dice.IntN(4)); !slices.Contains(r.OutsideAllowed, d) {
			r.OutsideAllowed = append(r.OutsideAllowed, d)
		}
	}
	slices.Sort(r.OutsideAllowed)
	return r
}

func TestWhateverIsDecidedIsReadBackAndKept(t *testing.T) {
	const theirs = `<cp:rule id="theirs"><cp:conditions/><cp:actions/></cp:rule>`
	for seed := range uint64(300) {
		dice := rand.New(rand.NewPCG(seed, 1))
		doc := []byte(head + theirs + "</cp:ruleset>")
		var before Rules
		for range 4 {
			want := someRules(dice)
			want.Undecided = slices.Collect(maps.Keys(before.People)) // also of those decided anew
			before = want
			var err error
			if doc, err = Merge(doc, want); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			d := mustParse(t, doc)
			got := d.Rules()
			slices.Sort(got.OutsideAllowed)
			if !maps.Equal(got.People, want.People) || !slices.Equal(got.OutsideAllowed, want.OutsideAllowed) {
				t.Fatalf("seed %d: wrote %+v, read %+v", seed, want, got)
			}
			for who, level := range want.People {
				if handling, by := d.Decide(who); handling != level.handling() || by != level {
					t.Fatalf("seed %d: %s gets %v by level %d, want %v by %d", seed, who, handling, by, level.handling(), level)
				}
			}
		}
		back, err := Merge(doc, Rules{Undecided: slices.Collect(maps.Keys(before.People))})
		if err != nil || string(back) != head+theirs+"</cp:ruleset>" {
			t.Fatalf("seed %d: another program's rules became %s, %v", seed, back, err)
		}
	}
}

// A rule for everybody of a domain never lets in somebody of whom it was decided otherwise.
func TestADomainsRuleTouchesNobodyDecided(t *testing.T) {
	for _, level := range []Level{Blocked, Dismissed} {
		d := mustParse(t, Build(Rules{
			People: map[string]Level{"sip:cheri@outlook.com": level}, OutsideAllowed: []string{"outlook.com"},
		}))
		if h, by := d.Decide("sip:cheri@outlook.com"); h == Allow || by != level {
			t.Errorf("level %d: she gets %v by level %d", level, h, by)
		}
		if h, _ := d.Decide("sip:other@outlook.com"); h != Allow {
			t.Errorf("level %d: others get %v", level, h)
		}
		if h, _ := d.Decide("sip:other@sub.outlook.com"); h != Confirm {
			t.Errorf("level %d: a domain below gets %v", level, h)
		}
	}
}
