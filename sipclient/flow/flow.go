// Package flow is the one connection of an account under sipgo: it finds the server (RFC 3263), dials it,
// checks the name in its certificate (RFC 5922), cuts the byte stream into messages, repairs legal syntax
// that sipgo misreads, drops what nobody can read without losing the connection, bounds sizes, keeps
// messages in the order of the wire, and keeps the connection alive (RFC 5626 section 4.4.1).
//
// It knows no SIP transaction, no dialog and no account. The reasons are in facts/sipgo.md sections 1, 6 and 8.
package flow

import (
	"context"
	"net"
)

// Resolver finds addresses and SRV records; *net.Resolver is one.
type Resolver interface {
	LookupSRV(ctx context.Context, service, proto, name string) (string, []*net.SRV, error)
	LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error)
}

// DialFunc opens a plain connection; (*net.Dialer).DialContext is one. network is "tcp" or "udp", address
// is ip:port.
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// Target is one address to try, with the name its certificate must carry.
type Target struct {
	Addr       string // ip:port
	Transport  string // "TLS", "TCP" or "UDP"
	ServerName string // the domain or host the user gave, never a name learnt from DNS (RFC 5922 section 4)
	Priority   int    // of its SRV record, the lower the sooner (RFC 2782); 0 without one
}
