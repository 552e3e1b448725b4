package app

import (
	"net/netip"

	"golync/internal/text"
)

// Plain reports whether others can read what goes over the connection: it is not encrypted, and it leads to
// another machine.
func (c Connection) Plain() bool {
	if c.State != SignedIn || c.Transport == "TLS" || c.Transport == "" {
		return false
	}
	server, err := netip.ParseAddrPort(c.Server)
	return err != nil || !server.Addr().Unmap().IsLoopback()
}

const (
	idPlain = "plain"

	notEncrypted text.Safe = "This connection is not encrypted: others can read on the way what you write and what is written to you. Options ▸ Network says more."
)

// explainPlain warns of a connection that others can read, if the user wants to be warned (Options ▸ Network).
// Who has taken the warning away is not warned again before the option is chosen anew.
func (s *State) explainPlain() {
	switch {
	case !s.chosen.Network.WarnPlain:
		delete(s.notices.said, idPlain)
		s.withdraw(idPlain)
	case s.connection.Plain():
		s.sayOnce(Notice{ID: idPlain, Text: notEncrypted})
	default:
		s.withdraw(idPlain)
	}
}
