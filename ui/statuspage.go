package ui

import (
	"golync/internal/option"
	"golync/internal/text"
)

// statusPage is Options ▸ Status. The labels are those of facts/lync-2013-client.md section 5.2.
type statusPage struct {
	inactive, away *numberField
}

func newStatusPage(m *model) *statusPage {
	o := m.state.Options().Status
	return &statusPage{
		inactive: newNumberField(o.InactiveAfter, option.IdleLeast, option.IdleMost, "minutes"),
		away:     newNumberField(o.AwayAfter, option.IdleLeast, option.IdleMost, "minutes"),
	}
}

func (p *statusPage) title() text.Safe { return "Status" }

func (p *statusPage) parts() []part {
	return []part{
		label("Show me as Inactive when my computer has been idle for this many minutes"), p.inactive, p.inactive.troubleBelow(),
		label("Show me as Away when my status has been Inactive for this many minutes"), p.away, p.away.troubleBelow(),
		hint(2, func() text.Safe {
			return "golync knows of the keys and clicks that it gets itself. The next one shows you as you were."
		}),
	}
}

// wrong is the first field with something else than a number of minutes.
func (p *statusPage) wrong() control {
	for _, f := range []*numberField{p.inactive, p.away} {
		if f.trouble() != "" {
			return f
		}
	}
	return nil
}

func (p *statusPage) save(set *option.Set) {
	inactive, _ := p.inactive.number()
	away, _ := p.away.number()
	set.Status = option.Status{InactiveAfter: inactive, AwayAfter: away}
}
