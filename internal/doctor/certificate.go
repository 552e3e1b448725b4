package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"strings"
	"time"

	"golync/sipclient/flow"
)

// soon is how long before its end a certificate is spoken of.
const soon = 14 * 24 * time.Hour

// certificate shakes hands and looks at who the server says it is (RFC 5922). What is found is judged here and
// not by crypto/tls, which would end the connection without showing what is wrong; nothing is sent over it.
func certificate(ctx context.Context, w *walk, f *Finding) {
	if w.reached.Transport != "TLS" {
		f.came("%s is not encrypted: everybody on the way can read along", w.reached.Transport)
		return
	}
	name := strings.TrimSuffix(w.reached.ServerName, ".")
	f.tried("TLS with %s, which has to prove to be %s", w.reached.Addr, name)
	within, cancel := context.WithTimeout(ctx, connectWithin)
	defer cancel()
	secure := tls.Client(w.plain, &tls.Config{ServerName: name, InsecureSkipVerify: true, MinVersion: tls.VersionTLS12})
	if err := secure.HandshakeContext(within); err != nil {
		f.came("%s", handshakeTrouble(err))
		w.inTheClear(ctx, f)
		return
	}
	state := secure.ConnectionState()
	f.came("%s", tls.VersionName(state.Version))
	chain := state.PeerCertificates
	describe(f, chain)
	w.judge(f, name, chain)
}

// handshakeTrouble says in words why there was no handshake, or in the library's where it knows more.
func handshakeTrouble(err error) string {
	if kind := flow.KindOf(err); kind == flow.Timeout || kind == flow.Closed {
		return kind.String()
	}
	return err.Error()
}

// inTheClear goes on where golync would: to TCP, when the user has not asked for TLS.
func (w *walk) inTheClear(ctx context.Context, f *Finding) {
	_ = w.plain.Close()
	w.plain = nil
	var open []flow.Target
	for _, t := range w.targets {
		if t.Transport == "TCP" {
			open = append(open, t)
		}
	}
	w.connect(ctx, f, open)
	if w.plain == nil {
		f.fault(NotTLS, "Let the server speak TLS 1.2 or later there, or give --transport tcp.")
		return
	}
	f.came("golync goes on without encryption: everybody on the way can read along")
	f.advise("Let the server speak TLS, or give --transport tcp to say that this is meant.")
}

// describe tells of the server's certificate and who signed it.
func describe(f *Finding, chain []*x509.Certificate) {
	leaf := chain[0]
	names := leaf.DNSNames
	for _, ip := range leaf.IPAddresses {
		names = append(names, ip.String())
	}
	const most = 6
	if len(names) > most {
		names = append(names[:most:most], "and more")
	}
	f.came("certificate for %s", strings.Join(names, ", "))
	f.came("signed by %s; %s sent", leaf.Issuer, count(len(chain), "certificate"))
	f.came("valid from %s until %s", leaf.NotBefore.UTC().Format(time.DateOnly), leaf.NotAfter.UTC().Format(time.DateOnly))
}

// judge names what is wrong with the certificate.
func (w *walk) judge(f *Finding, name string, chain []*x509.Certificate) {
	leaf, now := chain[0], w.Now()
	between := x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	_, err := leaf.Verify(x509.VerifyOptions{Roots: w.RootCAs, Intermediates: between, CurrentTime: now})
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		f.came("%v", err)
		f.fault(CertificateExpired, "Renew the certificate, and look whether the clocks are right.")
	case errors.As(err, &unknown):
		f.came("nobody whom this machine trusts has signed it")
		f.fault(CertificateUntrusted, "Let the server send the whole chain, or give its authority with --ca FILE.")
	case err != nil:
		f.came("%v", err)
		f.fault(CertificateUnfit, "Give the server a certificate that can be used for TLS servers.")
	case leaf.VerifyHostname(name) != nil:
		f.fault(CertificateName, "Get a certificate with the name %s, or give --server the name it has.", name)
	case leaf.NotAfter.Sub(now) < soon:
		f.advise("Renew the certificate: it ends in %s.", count(int(leaf.NotAfter.Sub(now).Hours())/24, "day"))
	}
}
