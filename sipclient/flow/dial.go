package flow

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"time"
)

// Times of dialling.
const (
	attemptWithin = 10 * time.Second       // one target: connection and TLS handshake
	nextAfter     = 300 * time.Millisecond // until an equal target is tried beside it (RFC 8305 section 5)
)

// Config says how Dial opens a connection and what it does with it.
type Config struct {
	Dial    DialFunc       // nil means a net.Dialer
	RootCAs *x509.CertPool // nil means the system's
	Local   net.IP         // address to bind, nil for any; not used with Dial
	ConnConfig
}

// Dial opens the first of the targets that answers. Targets of one transport and priority are tried side by
// side, each 0.3 s after the one before; those of the next priority or transport only when all of these
// have failed. A target gets at most 10 s.
//
// A certificate that does not fit ends it: golync does not go on in the clear with a password for somebody
// who may not be the server. The error is an *Error, or ctx's.
func Dial(ctx context.Context, targets []Target, c Config) (*Conn, error) {
	var failed []*Error
	for len(targets) > 0 {
		n := 1
		for n < len(targets) && targets[n].Transport == targets[0].Transport && targets[n].Priority == targets[0].Priority {
			n++
		}
		won, errs := race(ctx, targets[:n], c)
		if won.conn != nil {
			c.Stream = won.target.Transport != "UDP"
			f := newConn(won.conn, c.ConnConfig, won.target)
			return f, nil
		}
		if errors.Is(ctx.Err(), context.Canceled) {
			return nil, ctx.Err()
		}
		failed = append(failed, errs...)
		if ctx.Err() != nil {
			break
		}
		targets = targets[n:]
		for _, e := range errs {
			if e.Kind == BadCertificate {
				targets = withTransport(targets, "TLS")
			}
		}
	}
	return nil, worst(failed)
}

// withTransport keeps the targets of one transport.
func withTransport(targets []Target, transport string) []Target {
	var out []Target
	for _, t := range targets {
		if t.Transport == transport {
			out = append(out, t)
		}
	}
	return out
}

// worst is what to tell the user of several failures: a certificate that does not fit, else what the
// preferred target said. Every failure is below it.
func worst(failed []*Error) error {
	if len(failed) == 0 {
		return &Error{Kind: NoSuchHost}
	}
	chosen := *failed[0]
	all := make([]error, len(failed))
	for i, e := range failed {
		if all[i] = e; e.Kind == BadCertificate && chosen.Kind != BadCertificate {
			chosen = *e
		}
	}
	if len(all) > 1 {
		chosen.Err = errors.Join(all...)
	}
	return &chosen
}

// attempt is how trying one target went.
type attempt struct {
	target Target
	conn   net.Conn
	err    error
}

// race tries targets that are equally good and returns the first connection, or why there is none, in the
// order of the targets. Later winners are closed.
func race(ctx context.Context, targets []Target, c Config) (attempt, []*Error) {
	ctx, cancel := context.WithCancel(ctx)
	results := make(chan attempt)
	failed := make(map[Target]*Error, len(targets))
	started, ended := 0, 0
	start := func() {
		t := targets[started]
		started++
		go func() {
			conn, err := open(ctx, t, c)
			results <- attempt{t, conn, err}
		}()
	}
	defer func() {
		cancel()
		losers := started - ended
		go func() {
			for range losers {
				if a := <-results; a.conn != nil {
					_ = a.conn.Close()
				}
			}
		}()
	}()

	start()
	next := time.NewTimer(nextAfter)
	defer next.Stop()
	for ended < started {
		select {
		case a := <-results:
			ended++
			if a.err == nil {
				return a, nil
			}
			failed[a.target] = failure(a.target, a.err)
			if started < len(targets) && ctx.Err() == nil {
				start()
			}
		case <-next.C:
			if started < len(targets) {
				start()
				next.Reset(nextAfter)
			}
		}
	}
	var errs []*Error
	for _, t := range targets {
		if e := failed[t]; e != nil {
			errs = append(errs, e)
		}
	}
	return attempt{}, errs
}

// open connects to one target, TLS handshake included.
func open(ctx context.Context, t Target, c Config) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, attemptWithin)
	defer cancel()
	network := "tcp"
	if t.Transport == "UDP" {
		network = "udp"
	}
	dial := c.Dial
	if dial == nil {
		dial = dialerFrom(c.Local, network).DialContext
	}
	plain, err := dial(ctx, network, t.Addr)
	if err != nil || t.Transport != "TLS" {
		return plain, err
	}
	secure := tls.Client(plain, &tls.Config{
		ServerName: strings.TrimSuffix(t.ServerName, "."),
		RootCAs:    c.RootCAs,
		MinVersion: tls.VersionTLS12,
	})
	if err := secure.HandshakeContext(ctx); err != nil {
		_ = plain.Close()
		return nil, handshakeFailure(t, err)
	}
	return secure, nil
}

// handshakeFailure tells a server that is not who it should be from one that speaks something else, which
// shows as a protocol error or as a connection closed in the middle of the handshake.
func handshakeFailure(t Target, err error) *Error {
	e := failure(t, err)
	if e.Kind == Other || e.Kind == Closed {
		e.Kind = NotTLS
	}
	return e
}

// dialerFrom is a dialer bound to a local address.
func dialerFrom(local net.IP, network string) *net.Dialer {
	d := &net.Dialer{}
	switch {
	case local == nil:
	case network == "udp":
		d.LocalAddr = &net.UDPAddr{IP: local}
	default:
		d.LocalAddr = &net.TCPAddr{IP: local}
	}
	return d
}
