package flow

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Bounds of resolving.
const (
	lookupWithin = 5 * time.Second // for one DNS question, retries of the resolver included
	targetLimit  = 32
	hostLimit    = 253 // octets of a domain name (RFC 1035 section 2.3.4)
)

// errServer says that a server was written in a way that cannot be meant.
var errServer = errors.New("not a host, host:port or IP address")

// Resolve finds the addresses at which the SIP server of a domain may be, the best first (RFC 3263
// section 4). server, when not empty, is what the user gave instead of the domain: "host", "host:port",
// "1.2.3.4", "[2001:db8::1]:5061". A host without a port is looked up by SRV first, then by its
// addresses with the port of the transport; one with a port, and an IP address, are never. transport is
// "tls", "tcp", "udp" in any case; empty means TLS, then TCP. r nil means the system's resolver.
//
// The error is an *Error: NoSuchHost, Timeout, or Other for a server that cannot be meant.
func Resolve(ctx context.Context, r Resolver, domain, server, transport string) ([]Target, error) {
	if r == nil {
		r = net.DefaultResolver
	}
	host, port, err := splitServer(server, domain)
	if err != nil {
		return nil, &Error{Target: Target{ServerName: server}, Err: err}
	}
	transports := []string{"TLS", "TCP"}
	if transport != "" {
		transports = []string{strings.ToUpper(transport)}
		if services[transports[0]] == nil {
			return nil, &Error{Target: Target{ServerName: host}, Err: fmt.Errorf("no such transport: %q", transport)}
		}
	}
	q := query{resolver: r, host: host, port: port}
	found := make([]answer, len(transports))
	var wait sync.WaitGroup
	for i, t := range transports {
		wait.Go(func() { found[i] = q.targets(ctx, t) })
	}
	wait.Wait()
	return collect(host, found)
}

// answer is what was found for one transport.
type answer struct {
	targets []Target
	bySRV   bool
	err     error
}

// collect joins the answers. When some transport has SRV records, those without any are not guessed at:
// the domain has said where its servers are (RFC 3263 section 4.1).
func collect(host string, found []answer) ([]Target, error) {
	said := false
	for _, a := range found {
		said = said || a.bySRV
	}
	var targets []Target
	var errs []error
	for _, a := range found {
		if a.err != nil {
			errs = append(errs, a.err)
		}
		if a.bySRV || !said {
			targets = append(targets, a.targets...)
		}
	}
	if len(targets) > 0 {
		return targets[:min(len(targets), targetLimit)], nil
	}
	e := &Error{Kind: NoSuchHost, Target: Target{ServerName: host}, Err: errors.Join(errs...)}
	for _, err := range errs {
		if kindOf(err) == Timeout {
			e.Kind = Timeout
		}
	}
	return nil, e
}

// query is what does not differ between transports.
type query struct {
	resolver Resolver
	host     string
	port     uint16 // 0 when none was given
}

func (q query) targets(ctx context.Context, transport string) answer {
	port := q.port
	if port == 0 {
		port = defaultPort(transport)
	}
	if ip, err := netip.ParseAddr(q.host); err == nil {
		return answer{targets: []Target{q.target(netip.AddrPortFrom(ip, port).String(), transport, 0)}}
	}
	if q.port != 0 || isLocal(q.host) {
		return q.addresses(ctx, transport, q.host, port, 0)
	}
	records, told := q.records(ctx, transport)
	if !told {
		return q.addresses(ctx, transport, q.host, port, 0)
	}
	all := answer{bySRV: true}
	for _, r := range records {
		a := q.addresses(ctx, transport, r.Target, r.Port, int(r.Priority))
		all.targets = append(all.targets, a.targets...)
		all.err = errors.Join(all.err, a.err)
	}
	return all
}

// records asks for the SRV names of a transport side by side and takes the first in the list that has any.
// told reports whether there are any, usable or not.
func (q query) records(ctx context.Context, transport string) (records []*net.SRV, told bool) {
	names := services[transport]
	found := make([][]*net.SRV, len(names))
	var wait sync.WaitGroup
	for i, s := range names {
		wait.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, lookupWithin)
			defer cancel()
			// Records that are partly unusable come with an error and the usable ones.
			_, found[i], _ = q.resolver.LookupSRV(ctx, s.name, s.proto, q.host)
		})
	}
	wait.Wait()
	for _, f := range found {
		if usable := order(f, randomly); len(usable) > 0 {
			return usable, true
		}
		told = told || len(f) > 0
	}
	return nil, told
}

// addresses makes a target of each address of a host.
func (q query) addresses(ctx context.Context, transport, host string, port uint16, priority int) answer {
	ctx, cancel := context.WithTimeout(ctx, lookupWithin)
	defer cancel()
	addrs, err := q.resolver.LookupIPAddr(ctx, strings.TrimSuffix(host, "."))
	if err != nil {
		return answer{err: err}
	}
	var a answer
	for _, ip := range interleave(addrs) {
		addr := net.JoinHostPort(ip.String(), strconv.Itoa(int(port)))
		a.targets = append(a.targets, q.target(addr, transport, priority))
	}
	return a
}

func (q query) target(addr, transport string, priority int) Target {
	return Target{Addr: addr, Transport: transport, ServerName: q.host, Priority: priority}
}

// splitServer takes server apart, or domain when server is empty. The domain of an address of record may
// carry a port as well ("sip:alice@127.0.0.1:5060").
func splitServer(server, domain string) (host string, port uint16, err error) {
	s := strings.TrimSpace(server)
	if s == "" {
		s = strings.TrimSpace(domain)
	}
	if ip, err := netip.ParseAddr(strings.Trim(s, "[]")); err == nil {
		return ip.String(), 0, nil
	}
	host = s
	if strings.Contains(s, ":") {
		var digits string
		if host, digits, err = net.SplitHostPort(s); err != nil {
			return "", 0, fmt.Errorf("%q: %w", s, errServer)
		}
		n, err := strconv.ParseUint(digits, 10, 16)
		if err != nil || n == 0 {
			return "", 0, fmt.Errorf("%q: %w", s, errServer)
		}
		port = uint16(n)
	}
	host = strings.TrimSuffix(host, ".")
	if host == "" || len(host) > hostLimit || strings.ContainsAny(host, " \t\r\n\x00/@;?<>\"") {
		return "", 0, fmt.Errorf("%q: %w", s, errServer)
	}
	return host, port, nil
}

// isLocal reports whether host means this machine, about which DNS is never asked (RFC 6761 section 6.3).
func isLocal(host string) bool {
	host = strings.ToLower(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// defaultPort is the port of a transport when nothing names one (RFC 3261 section 19.1.2).
func defaultPort(transport string) uint16 {
	if transport == "TLS" {
		return 5061
	}
	return 5060
}
