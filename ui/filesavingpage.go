package ui

import (
	"slices"

	"golync/internal/option"
	"golync/internal/text"
)

// fileSavingPage is Options ▸ File Saving: how long conversations are kept.
type fileSavingPage struct {
	keep *dropDown
	days []int // of each choice; 0 is for ever
	all  *pushButton
}

func newFileSavingPage(m *model) *fileSavingPage {
	now := m.state.Options().Files.KeepDays
	p := &fileSavingPage{keep: &dropDown{}, days: []int{0, 30, 90, 365}}
	if !slices.Contains(p.days, now) { // chosen by an other version
		p.days = append(p.days, now)
	}
	for _, n := range p.days {
		var label text.Safe = "For ever"
		if n > 0 {
			label = "For " + text.Int(n) + " days"
		}
		p.keep.options = append(p.keep.options, label)
	}
	p.keep.chosen = slices.Index(p.days, now)
	p.all = &pushButton{label: "Save All Conversations…", press: func() { openExport(m, "") }}
	return p
}

func (p *fileSavingPage) title() text.Safe { return "File Saving" }

func (p *fileSavingPage) parts() []part {
	return []part{
		heading("Conversations"),
		label("Keep messages"), p.keep,
		hint(3, func() text.Safe {
			if p.days[p.keep.chosen] == 0 {
				return "Everything that was written stays on this machine until you delete it."
			}
			return "OK deletes older messages from this machine, now and day by day. They cannot be brought back."
		}),
		p.all,
	}
}

func (p *fileSavingPage) save(set *option.Set) {
	set.Files = option.FileSaving{KeepDays: p.days[p.keep.chosen]}
}
