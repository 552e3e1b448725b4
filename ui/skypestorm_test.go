package ui

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/text"
)

// skypeStorm is a storm over the Skype window, whose server finds everybody it is asked for, now and then.
func skypeStorm(t *testing.T, seed uint64) *storm {
	s := newStorm(t, seed)
	var asked []app.LookUp
	s.m = newModel(context.Background(), Deps{
		Options: Options{Face: FaceSkype}, State: busyBob(), Now: time.Now,
		Next: func(ctx context.Context) ([]app.Input, error) { <-ctx.Done(); return nil, ctx.Err() },
		Do: func(effects []app.Effect) {
			for _, e := range effects {
				if l, ok := e.(app.LookUp); ok {
					asked = append(asked, l)
				}
			}
		},
	})
	s.m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	s.answers = func() {
		for _, l := range asked {
			s.m.Update(inputsMsg{inputs: []app.Input{{Result: app.LookedUp{
				Address: l.Address, Number: l.Number, Found: s.rand.IntN(3) > 0, Name: text.From(s.pick(stormTexts())),
			}}}})
		}
		asked = nil
	}
	return s
}

func TestNoStormBreaksTheSkypeWindow(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed+1), func(t *testing.T) {
			t.Parallel()
			s := skypeStorm(t, seed+1)
			for range stormLength / 6 {
				s.run(6)
				s.answers()
				if s.rand.IntN(4) == 0 { // so that pages beyond the first are reached
					openAddContacts(s.m, s.pick([]string{"alice@contoso.com", "eve@contoso.com", "bob(contoso.com)@msn.com", "x"}))
					s.tell("Add Contacts")
					s.answers()
				}
			}
		})
	}
}

// Every page and dialog of the Skype window outlives a terminal as small as can be.
func TestSkypeDialogsSurviveAnySize(t *testing.T) {
	for _, way := range [][]string{
		{"a"},
		{"o"},
		{"2", "b"},
		{"2", "d"},
		{"2", "m"},
		{"1", "c"},
		{"1", "m"},
		{"1", "delete"},
		{"p"},
		{"o", "down", "down", "down", "down", "down", "enter"},
		{"a", "e", "@", "c", ".", "c", "o", "enter", "answer", "enter"},
		{"a", "e", "@", "c", ".", "c", "o", "enter", "answer", "enter", "enter"},
	} {
		s := skypeStorm(t, 2)
		for _, key := range way {
			if key == "answer" {
				s.answers()
				continue
			}
			s.m.Update(pressed(key))
		}
		before := len(s.m.dialogs.stack)
		for _, size := range stormSizes() {
			s.tell("%v at %v", way, size)
			s.m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			s.m.View()
		}
		s.m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		if after := len(s.m.dialogs.stack); before == 0 || after != before {
			s.fail("%d dialogs lie over the window, not %d", after, before)
		}
		s.step()
	}
}
