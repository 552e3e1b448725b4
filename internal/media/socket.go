package media

import (
	"fmt"
	"net"
	"net/netip"
)

// socket is as much of a UDP socket as is needed, so that tests can put a network of their own in its place.
type socket interface {
	ReadFrom(b []byte) (int, netip.AddrPort, error)
	WriteTo(b []byte, to netip.AddrPort) error
	Local() netip.AddrPort
	Close() error
}

type udpSocket struct{ conn *net.UDPConn }

func (u udpSocket) ReadFrom(b []byte) (int, netip.AddrPort, error) {
	n, from, err := u.conn.ReadFromUDPAddrPort(b)
	return n, netip.AddrPortFrom(from.Addr().Unmap(), from.Port()), err
}

func (u udpSocket) WriteTo(b []byte, to netip.AddrPort) error {
	_, err := u.conn.WriteToUDPAddrPort(b, to)
	return err
}

func (u udpSocket) Local() netip.AddrPort {
	a := u.conn.LocalAddr().(*net.UDPAddr).AddrPort()
	return netip.AddrPortFrom(a.Addr().Unmap(), a.Port())
}

func (u udpSocket) Close() error { return u.conn.Close() }

// tries is how many ports are tried until a pair is free.
const tries = 64

// listenPair binds an even port and the next one (RFC 3550 section 11).
func listenPair(local netip.Addr) (even, odd udpSocket, err error) {
	for range tries {
		a, err := listenUDP(netip.AddrPortFrom(local, 0))
		if err != nil {
			return udpSocket{}, udpSocket{}, fmt.Errorf("listen for the sound of a call: %w", err)
		}
		port := a.Local().Port() ^ 1
		b, err := listenUDP(netip.AddrPortFrom(local, port))
		if err != nil {
			a.Close() //nolint:errcheck // its neighbour is taken: on to the next
			continue
		}
		if port&1 == 0 {
			a, b = b, a
		}
		return a, b, nil
	}
	return udpSocket{}, udpSocket{}, fmt.Errorf("listen for the sound of a call: no two ports side by side are free on %s", local)
}

func listenUDP(at netip.AddrPort) (udpSocket, error) {
	conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(at))
	if err != nil {
		return udpSocket{}, err
	}
	return udpSocket{conn}, nil
}
