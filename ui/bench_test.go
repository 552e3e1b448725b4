package ui

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// crowd is an account with n contacts in 40 groups, signed in.
func crowd(n int) *app.State {
	s := saved(alerts.Default())
	for i := range 40 {
		id := contacts.FirstOwnGroup + 1 + contacts.GroupID(i)
		s.Groups = append(s.Groups, contacts.Group{ID: id, Name: text.From(fmt.Sprintf("Group %02d", i))})
	}
	for i := range n {
		s.Contacts = append(s.Contacts, contacts.Contact{
			Address: one(i), Name: text.From(fmt.Sprintf("Person %05d", i)), Provider: contacts.ProviderLync,
			Relationship: contacts.Colleagues, Groups: []contacts.GroupID{contacts.FirstOwnGroup + 1 + contacts.GroupID(i%40)},
		})
	}
	state := app.New(s, contacts.Providers{})
	state.Start(time.Now())
	state.SignIn(time.Now(), "")
	state.Take(time.Now(), events(signedIn))
	return state
}

// one is the address of one of the crowd.
func one(i int) contacts.Address {
	return contacts.Address(fmt.Sprintf("sip:person%05d@contoso.com", i))
}

func modelOf(s *app.State, width, height int) *model { return modelWith(s, width, height, Options{}) }

func modelWith(s *app.State, width, height int, o Options) *model {
	m := newModel(context.Background(), Deps{
		Options: o, State: s, Do: func([]app.Effect) {}, Now: time.Now,
		Next: func(ctx context.Context) ([]app.Input, error) { <-ctx.Done(); return nil, ctx.Err() },
	})
	m.Update(tea.WindowSizeMsg{Width: width, Height: height})
	m.View()
	return m
}

func BenchmarkKeyToFrameWith10000Contacts(b *testing.B) {
	m := modelOf(crowd(10_000), 160, 50)
	keys := []tea.KeyPressMsg{pressed("down"), pressed("down"), pressed("pgdown"), pressed("up")}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Update(keys[i%len(keys)])
		m.View()
	}
}

func BenchmarkFindLetterWith10000Contacts(b *testing.B) {
	m := modelOf(crowd(10_000), 160, 50)
	m.Update(pressed("/"))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Update(pressed([]string{"p", "backspace"}[i%2]))
		m.View()
	}
}

func BenchmarkPresenceBatchOf1000With10000Contacts(b *testing.B) {
	for _, tab := range []string{"1", "2"} {
		b.Run(string(lyncGuise().tabs[tab[0]-'1'].label), func(b *testing.B) { presenceBatches(b, tab, FaceLync) })
	}
	b.Run("Skype", func(b *testing.B) { presenceBatches(b, "1", FaceSkype) })
}

func presenceBatches(b *testing.B, tab string, f Face) {
	m := modelWith(crowd(10_000), 160, 50, Options{Face: f})
	m.Update(pressed(tab))
	batches := [2][]app.Input{}
	for i := range 2000 {
		activity := []pidf.Activity{pidf.ActivityBusy, pidf.ActivityAway}[i%2]
		batches[i%2] = append(batches[i%2], app.Input{Event: sipclient.PresenceChanged{
			URI: string(one(i / 2 * 7 % 10_000)), Watch: sipclient.WatchActive, Known: true,
			State: pidf.State{Open: true, Activity: activity},
		}})
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Update(inputsMsg{inputs: batches[i%2]})
		m.View()
	}
}

func BenchmarkFirstFrameWith1000Contacts(b *testing.B) {
	s := crowd(1000)
	for b.Loop() {
		modelOf(s, 120, 40)
	}
}

// What happens while nothing changes must cost nothing.
func TestNothingIsDrawnWhenNothingHappened(t *testing.T) {
	m := modelOf(world(), 80, 24)
	if n := testing.AllocsPerRun(100, func() { m.View() }); n != 0 {
		t.Errorf("an unchanged frame costs %v allocations", n)
	}
}

// The cost of a frame is that of what is in sight: a hundred times the contacts, the same frame.
func TestFrameCostDoesNotGrowWithTheContacts(t *testing.T) {
	cost := func(n int) float64 {
		m := modelOf(crowd(n), 120, 40)
		m.Update(pressed("end"))
		m.View()
		return testing.AllocsPerRun(20, func() {
			m.Update(pressed("up"))
			m.View()
		})
	}
	if few, many := cost(100), cost(10_000); many > 2*few+100 {
		t.Errorf("a frame costs %v allocations with 100 contacts and %v with 10,000", few, many)
	}
}
