package ui

import (
	"golync/internal/option"
	"golync/internal/text"
)

// soundsPage is Options ▸ Ringtones and Sounds. The one sound of a terminal is its bell.
type soundsPage struct {
	requests, messages, status *checkBox
	calls                      *checkBox
	undisturbed, busy          *checkBox
}

func newSoundsPage(m *model) *soundsPage {
	o := m.state.Options().Sounds
	return &soundsPage{
		requests:    &checkBox{label: "When someone adds me to his or her contact list", on: o.Requests},
		messages:    &checkBox{label: "When I receive a message", on: o.Messages},
		status:      &checkBox{label: "When the status of a tagged contact changes", on: o.StatusChanges},
		calls:       &checkBox{label: "When somebody calls me", on: o.Calls},
		undisturbed: &checkBox{label: "Mute all sounds when my status is Do Not Disturb", on: o.QuietWhenUndisturbed},
		busy:        &checkBox{label: "Mute all sounds when my status is Busy", on: o.QuietWhenBusy},
	}
}

func (p *soundsPage) title() text.Safe { return "Ringtones and Sounds" }

func (p *soundsPage) parts() []part {
	return []part{
		heading("Play a sound"), p.requests, p.messages, p.calls, p.status, gap(),
		heading("Keep quiet"), p.undisturbed, p.busy, gap(),
		hint(2, func() text.Safe {
			return "The sound is your terminal's bell, which may ring or blink. A call rings in your headset too."
		}),
	}
}

func (p *soundsPage) save(set *option.Set) {
	set.Sounds = option.Sounds{
		Requests: p.requests.on, Messages: p.messages.on, StatusChanges: p.status.on, Calls: p.calls.on,
		QuietWhenUndisturbed: p.undisturbed.on, QuietWhenBusy: p.busy.on,
	}
}
