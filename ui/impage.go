package ui

import (
	"golync/internal/option"
	"golync/internal/text"
)

// imPage is Options ▸ IM: what others learn of the user's reading and writing.
type imPage struct {
	typing, receipts *checkBox
}

func newIMPage(m *model) *imPage {
	o := m.state.Options().IM
	return &imPage{
		typing:   &checkBox{label: "Tell others when I am typing a message", on: o.Typing},
		receipts: &checkBox{label: "Tell others when I have read their messages", on: o.Receipts},
	}
}

func (p *imPage) title() text.Safe { return "IM" }

func (p *imPage) parts() []part {
	return []part{
		heading("What others learn"), p.typing, p.receipts,
		hint(3, func() text.Safe {
			if p.receipts.on {
				return "Only whoever asks for it learns that you have read a message."
			}
			return "Others learn that a message has reached you, and never that you have read it."
		}),
	}
}

func (p *imPage) save(set *option.Set) {
	set.IM = option.IM{Typing: p.typing.on, Receipts: p.receipts.on}
}
