package lab

import (
	"net"
	"os"
	"slices"
	"strings"
)

// reached is by which names and addresses devices reach the server.
type reached struct {
	any   bool     // it listens on every address of the host
	names []string // for the certificate, without those of every server
	first string   // that which is told to people; empty when they are told what is listened on
}

// reach finds them: what is listened on, what the configuration names, and every address of the host when it
// listens on all of them.
func reach(cfg Config) reached {
	r := reached{names: slices.Clone(cfg.Names)}
	if len(cfg.Names) > 0 {
		r.first = cfg.Names[0]
	}
	for _, listen := range []string{cfg.TLS, cfg.TCP, cfg.UDP, cfg.XCAP} {
		host, _ := splitAddr(listen)
		ip := net.ParseIP(host)
		switch {
		case listen == "" || listen == "-":
		case host == "" || ip.IsUnspecified():
			r.any = true
		default:
			r.names = append(r.names, host)
		}
	}
	if r.any {
		r.host()
	}
	return r
}

// host adds what the host is called and its addresses, those of the network before loopback.
func (r *reached) host() {
	if name, err := os.Hostname(); err == nil && name != "" {
		r.names = append(r.names, name)
	}
	all, _ := net.InterfaceAddrs() // without them what the configuration names has to do
	for _, a := range all {
		ip, ok := a.(*net.IPNet)
		if !ok || ip.IP.IsLinkLocalUnicast() {
			continue
		}
		r.names = append(r.names, ip.IP.String())
		if r.first == "" && !ip.IP.IsLoopback() {
			r.first = ip.IP.String()
		}
	}
	if r.first == "" {
		r.first = "127.0.0.1"
	}
}

// certified lists every name that the certificate has to hold.
func (r reached) certified(domains []string) []string {
	all := append([]string{"localhost", "127.0.0.1", "::1"}, domains...)
	for _, name := range r.names {
		all = append(all, strings.ToLower(name))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// local reports whether a URI's host is one of this host's, when every one of them is listened on.
func (r reached) local(host string) bool {
	return r.any && slices.ContainsFunc(r.names, func(n string) bool { return strings.EqualFold(n, strings.Trim(host, "[]")) })
}

// At returns host:port of a transport ("tls", "tcp", "udp", "xcap") as people and their devices are to be told;
// empty when it is not listened on.
func (l *Lab) At(transport string) string {
	addr := l.Addr(transport)
	if addr == "" || l.reached.first == "" {
		return addr
	}
	_, port := splitAddr(addr)
	return net.JoinHostPort(l.reached.first, port)
}

// towards is the address by which a sender of datagrams reached a socket that listens on all of them: the one
// from which the way back begins.
func towards(pc net.PacketConn, from net.Addr) string {
	local := pc.LocalAddr().String()
	host, port := splitAddr(local)
	if ip := net.ParseIP(host); ip != nil && !ip.IsUnspecified() {
		return local
	}
	c, err := net.Dial("udp", from.String()) // sends nothing: it only asks for the route
	if err != nil {
		return local
	}
	defer func() { _ = c.Close() }()
	host, _ = splitAddr(c.LocalAddr().String())
	return net.JoinHostPort(host, port)
}
