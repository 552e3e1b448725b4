package app

import (
	"slices"
	"testing"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/option"
)

func TestWhatIsHeardIsAMatterOfOptionsAndPresence(t *testing.T) {
	all := []alerts.What{alerts.Request, alerts.Conversation, alerts.StatusChange}
	for _, c := range []struct {
		name string
		mine contacts.Availability
		set  func(*option.Sounds)
		want []alerts.What
	}{
		{name: "as golync comes", mine: contacts.Available, want: all},
		{name: "no requests", mine: contacts.Available, set: func(o *option.Sounds) { o.Requests = false }, want: all[1:]},
		{name: "messages only", mine: contacts.Away, set: func(o *option.Sounds) { o.Requests, o.StatusChanges = false, false }, want: all[1:2]},
		{name: "no messages", mine: contacts.Available, set: func(o *option.Sounds) { o.Messages = false }, want: []alerts.What{alerts.Request, alerts.StatusChange}},
		{name: "not to be disturbed", mine: contacts.DoNotDisturb},
		{name: "not to be disturbed, but loud", mine: contacts.DoNotDisturb, set: func(o *option.Sounds) { o.QuietWhenUndisturbed = false }, want: all},
		{name: "busy", mine: contacts.Busy, want: all},
		{name: "busy and quiet", mine: contacts.Busy, set: func(o *option.Sounds) { o.QuietWhenBusy = true }},
		{name: "back from busy", mine: contacts.Available, set: func(o *option.Sounds) { o.QuietWhenBusy = true }, want: all},
	} {
		o := option.Default()
		if c.set != nil {
			c.set(&o.Sounds)
		}
		w := online(t, Saved{Options: o})
		w.do(w.SetPresence(w.now, c.mine))
		var heard []alerts.What
		for _, what := range all {
			if w.Rings(what) {
				heard = append(heard, what)
			}
		}
		if !slices.Equal(heard, c.want) {
			t.Errorf("%s: heard are %v, want %v", c.name, heard, c.want)
		}
	}
}
