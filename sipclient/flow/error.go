package flow

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
)

// Kind says what went wrong with a flow, coarsely enough to tell a user what to do about it.
type Kind uint8

// The kinds of failure.
const (
	Other          Kind = iota // none of the below; Err says more
	NoSuchHost                 // DNS knows no server for the name
	Refused                    // nobody listens at the address
	Unreachable                // no route to the address
	Timeout                    // no answer in time
	BadCertificate             // the server is not who the user named, or nobody vouches for it
	NotTLS                     // the server does not speak TLS 1.2 or later
	Closed                     // the other side, or the network, ended the connection
	Malformed                  // the other side sent what cannot be cut into messages
	Silent                     // a peer that used to answer pings stopped answering
)

// String is a constant phrase that fits behind "Cannot connect: ".
func (k Kind) String() string {
	switch k {
	case NoSuchHost:
		return "no server was found for this name"
	case Refused:
		return "the server refused the connection"
	case Unreachable:
		return "the server cannot be reached from here"
	case Timeout:
		return "the server did not answer in time"
	case BadCertificate:
		return "the server's certificate is not valid for this name"
	case NotTLS:
		return "the server does not speak TLS 1.2 or later on this port"
	case Closed:
		return "the connection was closed"
	case Malformed:
		return "the server sent something that is not SIP"
	case Silent:
		return "the server stopped answering"
	}
	return "the connection failed"
}

// Error is why a flow could not be opened, or why it ended.
type Error struct {
	Kind   Kind
	Target Target // the address it is about; only ServerName is set when DNS failed
	Err    error  // the cause; nil when Kind says it all
}

// Error names the target and the cause.
func (e *Error) Error() string {
	where := e.Target.Addr
	if where == "" {
		where = e.Target.ServerName
	}
	if e.Err == nil {
		return fmt.Sprintf("%s: %s", where, e.Kind)
	}
	return fmt.Sprintf("%s: %s: %v", where, e.Kind, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// failure makes an Error of whatever net and crypto/tls return.
func failure(t Target, err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Kind: kindOf(err), Target: t, Err: err}
}

// KindOf returns the kind of whatever net, crypto/tls and this package return.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return kindOf(err)
}

func kindOf(err error) Kind {
	var (
		dns     *net.DNSError
		verify  *tls.CertificateVerificationError
		name    x509.HostnameError
		unknown x509.UnknownAuthorityError
		invalid x509.CertificateInvalidError
		record  tls.RecordHeaderError
		timeout interface{ Timeout() bool }
	)
	switch {
	case errors.As(err, &verify), errors.As(err, &name), errors.As(err, &unknown), errors.As(err, &invalid):
		return BadCertificate
	case errors.As(err, &record):
		return NotTLS
	case errors.As(err, &dns) && dns.IsNotFound:
		return NoSuchHost
	case errors.Is(err, syscall.ECONNREFUSED):
		return Refused
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.EADDRNOTAVAIL):
		return Unreachable
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.As(err, &timeout) && timeout.Timeout():
		return Timeout
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed), errors.Is(err, io.ErrClosedPipe),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return Closed
	}
	return Other
}
