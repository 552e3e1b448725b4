package ui

import (
	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
)

// networkPage is Options ▸ Network: how this window is connected, and how careful it is.
type networkPage struct {
	m     *model
	warn  *checkBox
	again *pushButton
}

func newNetworkPage(m *model, o *options) *networkPage {
	return &networkPage{
		m:    m,
		warn: &checkBox{label: "Warn me when what I write can be read on the way", on: m.state.Options().Network.WarnPlain},
		again: &pushButton{
			label: "Sign Out and In Again",
			press: func() {
				m.close(o)
				m.do(m.state.SignOut(m.now()))
				m.do(m.state.SignIn(m.now(), ""))
			},
		},
	}
}

func (p *networkPage) title() text.Safe { return "Network" }

func (p *networkPage) parts() []part {
	return []part{
		heading("Connection"),
		tell("Status", func() text.Safe {
			return standingOf(p.m.state.Connection(), p.m.canvas.keys.shown(windowKeys, "sign in"))
		}),
		tell("Server", func() text.Safe { return text.From(p.m.state.Connection().Server).Line() }),
		tell("Transport", func() text.Safe { return text.From(p.m.state.Connection().Transport).Line() }),
		tell("Security", func() text.Safe { return securityOf(p.m.state.Connection()) }),
		tell("Services", func() text.Safe { return servicesOf(p.m.state.Connection()) }),
		tell("Configuration", func() text.Safe { return text.From(p.m.deps.Configuration).Line() }),
		gap(), p.again, gap(),
		heading("Security"), p.warn,
	}
}

func (p *networkPage) save(set *option.Set) {
	set.Network = option.Network{WarnPlain: p.warn.on}
}

// securityOf says who can read what goes over a connection.
func securityOf(now app.Connection) text.Safe {
	switch {
	case now.State != app.SignedIn:
		return ""
	case now.Transport == "TLS":
		return "encrypted to the server, which has shown its certificate"
	case now.Plain():
		return "not encrypted: others can read along on the way"
	}
	return "not encrypted, and on this machine only"
}

// servicesOf lists what the server has.
func servicesOf(now app.Connection) text.Safe {
	if now.State != app.SignedIn {
		return ""
	}
	var there []text.Safe
	for _, s := range []struct {
		has  bool
		name text.Safe
	}{{now.Services.Presence, "presence"}, {now.Services.WatcherInfo, "watcher information"}, {now.Services.Rules, "presence rules"}} {
		if s.has {
			there = append(there, s.name)
		}
	}
	if len(there) == 0 {
		return "messages alone"
	}
	return text.Join(there, ", ")
}
