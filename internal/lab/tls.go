package lab

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// How long certificates are good for. The authority is what people have copied to their machines; the server's
// own is made anew at a start that finds it nearly over.
const (
	authorityLife = 10 * 365 * 24 * time.Hour
	serverLife    = 365 * 24 * time.Hour
	nearlyOver    = 60 * 24 * time.Hour
)

// The files of Config.Data that hold certificates and their keys, which only their owner may read.
const (
	AuthorityFile         = "ca.pem" // what devices are to trust
	authorityKey          = "ca-key.pem"
	serverFile, serverKey = "server.pem", "server-key.pem"
)

// ErrCertificate says that the certificates in the data directory cannot be used.
var ErrCertificate = errors.New("lab: the certificate cannot be used")

// signed is a certificate with its key.
type signed struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// certificates returns the authority that devices are to trust, and the server's certificate of it for every name by
// which they reach the server: the domains (RFC 5922 section 7.1), loopback, and what the configuration names. They
// are made once and kept in dir, so that whoever trusts the authority goes on doing so after a restart; without
// dir they live as long as the process.
func certificates(dir string, names []string, now time.Time) (caPEM []byte, server tls.Certificate, err error) {
	ca, err := kept(dir, AuthorityFile, authorityKey)
	if err == nil && ca == nil {
		ca, err = newAuthority(now)
		err = errors.Join(err, keep(dir, AuthorityFile, authorityKey, ca))
	}
	if errors.Is(err, ErrCertificate) {
		err = fmt.Errorf("%w: put a copy of it in its place; or remove both, and everybody has to trust the new %s", err, AuthorityFile)
	}
	if err != nil {
		return nil, server, err
	}
	if now.After(ca.cert.NotAfter) {
		return nil, server, fmt.Errorf("%w: %s is over since %s: remove it with %s, and a new one is made", ErrCertificate,
			filepath.Join(dir, AuthorityFile), ca.cert.NotAfter.Format(time.DateOnly), authorityKey)
	}
	leaf, err := kept(dir, serverFile, serverKey)
	if err != nil {
		leaf = nil // whatever is wrong with it: the authority makes another
	}
	if leaf == nil || !leaf.serves(ca, names, now) {
		leaf, err = newServer(ca, names, now)
		if err = errors.Join(err, keep(dir, serverFile, serverKey, leaf)); err != nil {
			return nil, server, err
		}
	}
	caPEM = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.cert.Raw})
	return caPEM, tls.Certificate{Certificate: [][]byte{leaf.cert.Raw}, PrivateKey: leaf.key}, nil
}

// serves reports whether a server certificate is of this authority, names everything, and lasts a while.
func (s *signed) serves(ca *signed, names []string, now time.Time) bool {
	return s.cert.CheckSignatureFrom(ca.cert) == nil && now.Add(nearlyOver).Before(s.cert.NotAfter) &&
		!slices.ContainsFunc(names, func(name string) bool { return s.cert.VerifyHostname(name) != nil })
}

func newAuthority(now time.Time) (*signed, error) {
	t := template("golync lab", now, authorityLife)
	t.IsCA, t.BasicConstraintsValid, t.KeyUsage = true, true, x509.KeyUsageCertSign
	return sign(t, nil)
}

func newServer(ca *signed, names []string, now time.Time) (*signed, error) {
	t := template("golync lab server", now, serverLife)
	t.KeyUsage, t.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			t.IPAddresses = append(t.IPAddresses, ip)
		} else {
			t.DNSNames = append(t.DNSNames, name)
		}
	}
	return sign(t, ca)
}

// sign makes a key and the certificate for it, signed by ca or by itself.
func sign(t *x509.Certificate, ca *signed) (*signed, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("lab: key: %w", err)
	}
	if ca == nil {
		ca = &signed{t, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, t, ca.cert, &key.PublicKey, ca.key)
	if err != nil {
		return nil, fmt.Errorf("lab: certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("lab: certificate: %w", err)
	}
	return &signed{cert, key}, nil
}

// template is what both certificates have in common. It begins an hour ago, for clocks that differ.
func template(name string, now time.Time, life time.Duration) *x509.Certificate {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		panic(err) // crypto/rand never fails since Go 1.24
	}
	return &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(life),
	}
}

// kept reads a certificate and its key; nil when the key is not there, whatever else is.
func kept(dir, certFile, keyFile string) (*signed, error) {
	if dir == "" {
		return nil, nil
	}
	key, err := os.ReadFile(filepath.Join(dir, keyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	cert, certErr := os.ReadFile(filepath.Join(dir, certFile))
	if err = errors.Join(err, certErr); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCertificate, err)
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("%w: %s and %s: %w", ErrCertificate, filepath.Join(dir, certFile), keyFile, err)
	}
	private, ok := pair.PrivateKey.(*ecdsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%w: %s was not made here", ErrCertificate, filepath.Join(dir, keyFile))
	}
	return &signed{pair.Leaf, private}, nil
}

// keep writes both, the key last: what is there without it is made again.
func keep(dir, certFile, keyFile string, s *signed) error {
	if dir == "" || s == nil {
		return nil
	}
	der, err := x509.MarshalPKCS8PrivateKey(s.key)
	if err != nil {
		return fmt.Errorf("lab: key: %w", err)
	}
	for _, f := range []struct {
		name  string
		block pem.Block
	}{
		{certFile, pem.Block{Type: "CERTIFICATE", Bytes: s.cert.Raw}},
		{keyFile, pem.Block{Type: "PRIVATE KEY", Bytes: der}},
	} {
		if f.name == certFile {
			_ = os.Remove(filepath.Join(dir, keyFile)) // that of the certificate before
		}
		if err := replaceFile(filepath.Join(dir, f.name), pem.EncodeToMemory(&f.block)); err != nil {
			return err
		}
	}
	return nil
}
