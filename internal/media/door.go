package media

import "net/netip"

// door decides whose packets are let in, and learns where the other side really sends from.
type door struct {
	remote netip.AddrPort // as agreed on
	proven netip.AddrPort // where packets came from that are known to be the other side's

	asking netip.AddrPort // who would be the next to be proven
	ssrc   uint32
	next   uint16
}

// expect sets whom to let in, and reports whether that is somebody else. The same address keeps what was learned.
func (d *door) expect(remote netip.AddrPort) bool {
	if remote == d.remote {
		return false
	}
	*d = door{remote: remote}
	return true
}

// knows is the cheap check before anything is looked at.
func (d *door) knows(from netip.AddrPort) bool {
	return d.remote.IsValid() && from.Addr() == d.remote.Addr()
}

// met reports whether an address is known to be the other side's.
func (d *door) met(from netip.AddrPort) bool { return from == d.remote || from == d.proven }

// admit decides on a packet from an address that it knows. sure says that the packet has been authenticated.
// The port that was agreed on is always right. Another one is taken once, and, unless sure, only after two packets in a
// row: whoever guesses our port must not turn the sound away with one.
func (d *door) admit(from netip.AddrPort, ssrc uint32, seq uint16, sure bool) bool {
	switch {
	case from == d.remote || sure && !d.proven.IsValid():
		d.proven = from
	case d.proven.IsValid():
		return from == d.proven
	case from == d.asking && ssrc == d.ssrc && seq == d.next:
		d.proven = from
	default:
		d.asking, d.ssrc, d.next = from, ssrc, seq+1
		return false
	}
	return true
}

// where says where to send to.
func (d *door) where() netip.AddrPort {
	if d.proven.IsValid() {
		return d.proven
	}
	return d.remote
}
