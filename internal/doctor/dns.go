package doctor

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"

	"golync/sipclient/flow"
)

// dns finds the server as golync does (RFC 3263), and tells every question with its answer.
func dns(ctx context.Context, w *walk, f *Finding) {
	s := &w.Settings
	domain := s.Account.Host()
	r := &listener{Resolver: w.Resolver}
	targets, err := flow.Resolve(ctx, r, domain, s.Server, s.Transport)
	w.targets = targets
	r.tell(f)
	switch {
	case s.Server != "" && r.srv == 0:
		f.tried("no SRV records of %s: the server is given as %s", domain, s.Server)
	case s.Server != "":
		f.tried("%s instead of %s, as given", s.Server, domain)
	}
	if err == nil {
		f.came("to be tried in this order: %s", addresses(targets))
		return
	}
	var e *flow.Error
	switch {
	case errors.As(err, &e) && e.Kind == flow.Timeout:
		f.came("no answer in time")
		f.fault(DNSTimeout, "Look after the resolver of this machine, or give --server HOST:PORT.")
	case errors.As(err, &e) && e.Kind == flow.NoSuchHost && s.Server == "" && !r.records:
		f.fault(NoServerInDNS, "Publish _sips._tcp.%s (SRV), or give --server HOST:PORT.", domain)
	default:
		f.came("%v", err)
		f.fault(NoAddress, "Publish an address (A or AAAA) of the server, or correct its name.")
	}
}

// addresses lists targets as they will be tried.
func addresses(targets []flow.Target) string {
	all := make([]string, len(targets))
	for i, t := range targets {
		all[i] = t.Transport + " " + t.Addr
	}
	return strings.Join(all, ", ")
}

// listener passes questions on and keeps what came back. It may be asked from several goroutines.
type listener struct {
	flow.Resolver

	mu      sync.Mutex
	said    []string // "question: answer", to be put in order
	srv     int      // questions for SRV records
	records bool     // there were some
}

// LookupSRV asks for the records of one service.
func (l *listener) LookupSRV(ctx context.Context, service, proto, name string) (string, []*net.SRV, error) {
	cname, found, err := l.Resolver.LookupSRV(ctx, service, proto, name)
	var all []string
	for _, r := range found {
		all = append(all, fmt.Sprintf("%s:%d (priority %d, weight %d)", strings.TrimSuffix(r.Target, "."), r.Port, r.Priority, r.Weight))
	}
	l.mu.Lock()
	l.srv++
	l.records = l.records || len(found) > 0
	l.mu.Unlock()
	l.note(fmt.Sprintf("SRV _%s._%s.%s", service, proto, name), all, err)
	return cname, found, err
}

// LookupIPAddr asks for the addresses of a host.
func (l *listener) LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error) {
	found, err := l.Resolver.LookupIPAddr(ctx, host)
	var all []string
	for _, a := range found {
		all = append(all, a.String())
	}
	l.note("A and AAAA "+host, all, err)
	return found, err
}

func (l *listener) note(question string, answers []string, err error) {
	var missing *net.DNSError
	answer := strings.Join(answers, ", ")
	switch {
	case len(answers) > 0:
	case err == nil, errors.As(err, &missing) && missing.IsNotFound:
		answer = "none"
	case errors.As(err, &missing) && missing.IsTimeout, errors.Is(err, context.DeadlineExceeded):
		answer = "no answer in time"
	default:
		answer = err.Error()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said = append(l.said, question+": "+answer)
}

// tell writes what was asked, SRV records last asked for first, each once.
func (l *listener) tell(f *Finding) {
	l.mu.Lock()
	defer l.mu.Unlock()
	slices.Sort(l.said)
	l.said = slices.Compact(l.said)
	slices.Reverse(l.said) // SRV before A
	for _, s := range l.said {
		f.came("%s", s)
	}
	if len(l.said) > 0 {
		f.tried("%s", count(len(l.said), "question")+" to DNS")
	}
}
