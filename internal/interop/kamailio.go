//go:build linux

// Package interop starts servers that nobody here wrote, for tests against them: Kamailio with the
// configuration of docs/kamailio, just as an administrator would run it. Everything is on the loopback
// interface, on free ports and in a temporary directory, and ends with the test.
//
// It is for tests only; the program does not import it.
package interop

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golync/internal/siptest"
)

// User is an account on the server.
type User struct {
	Address  string // "alice@contoso.com"
	Password string
}

// Kamailio is a running server for contoso.com.
type Kamailio struct {
	TLS, TCP, UDP string         // addresses, "127.0.0.1:port"
	XCAP          string         // XCAP root URL
	CA            *x509.CertPool // signed the server's certificate
	CAFile        string         // the same, as a PEM file
	Dir           string         // configuration, databases and log

	t     testing.TB
	inner string // port of stored messages
	cmd   *exec.Cmd
	done  <-chan struct{} // closed when cmd has ended
}

// Start runs a server with these users. Where Kamailio is not installed the test is skipped, or fails when
// GOLYNC_PEERS=1 says that it must be there.
func Start(t testing.TB, users ...User) *Kamailio {
	t.Helper()
	Need(t, "kamailio", "sqlite3")
	k := &Kamailio{t: t, Dir: t.TempDir()}
	k.makeDatabases(users)
	k.makeCertificate()
	// Another program may take a port between its choice and Kamailio's start.
	const attempts = 3
	for i := 1; ; i++ {
		k.configure()
		k.launch()
		err := k.ready()
		if err == nil {
			break
		}
		k.Kill()
		if i == attempts {
			t.Fatalf("kamailio did not start: %v\n%s", err, k.log())
		}
	}
	t.Cleanup(func() {
		k.Kill()
		if t.Failed() {
			t.Logf("kamailio said:\n%s", k.log())
		}
	})
	return k
}

// Need skips the test when a program is not installed, or fails it when GOLYNC_PEERS=1.
func Need(t testing.TB, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := find(p); err == nil {
			continue
		}
		if os.Getenv("GOLYNC_PEERS") == "1" {
			t.Fatalf("%s is not installed (make peers installs it)", p)
		}
		t.Skipf("%s is not installed (make peers installs it)", p)
	}
}

// find looks where Debian puts servers too, which is not in every user's path.
func find(program string) (string, error) {
	if path, err := exec.LookPath(program); err == nil {
		return path, nil
	}
	return exec.LookPath(filepath.Join("/usr/sbin", program))
}

// Kill ends the server as a power cut does. It can be started again with Restart.
func (k *Kamailio) Kill() {
	if k.cmd == nil {
		return
	}
	// The server was started in a session of its own, so that its process group is it and its workers.
	_ = syscall.Kill(-k.cmd.Process.Pid, syscall.SIGKILL)
	<-k.done
	k.cmd = nil
}

// Restart starts the server again, on the same ports and with the same databases.
func (k *Kamailio) Restart() {
	k.t.Helper()
	k.Kill()
	k.launch()
	if err := k.ready(); err != nil {
		k.t.Fatalf("kamailio did not start again: %v\n%s", err, k.log())
	}
}

func (k *Kamailio) launch() {
	k.t.Helper()
	path, err := find("kamailio")
	if err != nil {
		k.t.Fatal(err)
	}
	out, err := os.OpenFile(k.file("log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		k.t.Fatal(err)
	}
	// -DD stays in the foreground with all workers, -E logs to standard error; memory is what Debian's service gives.
	cmd := exec.Command(path, "-f", k.file("kamailio.cfg"), "-Y", k.Dir, "-P", k.file("pid"), "-m", "64", "-M", "8", "-DD", "-E")
	cmd.Stdout, cmd.Stderr = out, out
	done, err := spawn(cmd)
	_ = out.Close() // the server has its own
	if err != nil {
		k.t.Fatal(err)
	}
	k.cmd, k.done = cmd, done
}

// ready waits until the server answers on its connection for SIP over TCP; the workers for the other
// transports are started before that one.
func (k *Kamailio) ready() error {
	const patience = 20 * time.Second
	begin := time.Now()
	err := k.ask()
	for ; err != nil && time.Since(begin) < patience; err = k.ask() {
		select {
		case <-k.done:
			return fmt.Errorf("it ended: %s", k.cmd.ProcessState)
		case <-time.After(20 * time.Millisecond):
		}
	}
	return err
}

func (k *Kamailio) ask() error {
	c, err := net.DialTimeout("tcp", k.TCP, time.Second)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(5 * time.Second))
	// Whatever the answer is, it shows that a worker is there.
	_, err = fmt.Fprintf(c, "OPTIONS sip:contoso.com SIP/2.0\r\nVia: SIP/2.0/TCP %s;branch=z9hG4bKready;rport\r\nMax-Forwards: 7\r\n"+
		"From: <sip:ready@contoso.com>;tag=r\r\nTo: <sip:contoso.com>\r\nCall-ID: ready@contoso.com\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n", c.LocalAddr())
	if err != nil {
		return err
	}
	_, err = c.Read(make([]byte, 1))
	return err
}

func (k *Kamailio) log() string { return tail(k.file("log")) }

func (k *Kamailio) file(name string) string { return filepath.Join(k.Dir, name) }

// makeCertificate issues one for the domain and for the addresses a client may have been told.
func (k *Kamailio) makeCertificate() {
	ca := siptest.NewCA(k.t)
	k.CA, k.CAFile = ca.Pool(), k.file("ca.pem")
	certificate, key := ca.IssuePEM("contoso.com", "localhost", "127.0.0.1")
	k.write("ca.pem", ca.PEM())
	k.write("server.pem", certificate)
	k.write("server.key", key)
}

func (k *Kamailio) write(name string, content []byte) {
	k.t.Helper()
	if err := os.WriteFile(k.file(name), content, 0o600); err != nil {
		k.t.Fatal(err)
	}
}

// configure takes the administrator's two files and changes in local.cfg what an administrator would.
func (k *Kamailio) configure() {
	k.t.Helper()
	source := filepath.Join(moduleRoot(k.t), "docs", "kamailio")
	script, err := os.ReadFile(filepath.Join(source, "kamailio.cfg"))
	if err != nil {
		k.t.Fatal(err)
	}
	local, err := os.ReadFile(filepath.Join(source, "local.cfg"))
	if err != nil {
		k.t.Fatal(err)
	}
	ports := freePorts(k.t, 4)
	at := func(i int) string { return "127.0.0.1:" + ports[i] }
	k.TLS, k.TCP, k.UDP, k.XCAP, k.inner = at(0), at(1), at(1), "https://"+at(2)+"/xcap", ports[3]
	for _, change := range [][2]string{
		{"tls:192.0.2.10:5061", "tls:" + k.TLS},
		{"tls:192.0.2.10:5443", "tls:" + at(2)},
		{"!XCAP_PORT!5443!", "!XCAP_PORT!" + ports[2] + "!"},
		{"# listen=tcp:192.0.2.10:5060", "listen=tcp:" + k.TCP},
		{"# listen=udp:192.0.2.10:5060", "listen=udp:" + k.UDP},
		{"/etc/kamailio/contoso.com.pem", k.file("server.pem")},
		{"/etc/kamailio/contoso.com.key", k.file("server.key")},
		{"/var/lib/kamailio/golync", k.Dir},
		{"/run/kamailio", k.Dir},
		{"!INNER_PORT!5070!", "!INNER_PORT!" + k.inner + "!"},
	} {
		if !bytes.Contains(local, []byte(change[0])) {
			k.t.Fatalf("local.cfg has no %q any more", change[0])
		}
		local = bytes.Replace(local, []byte(change[0]), []byte(change[1]), 1)
	}
	k.write("kamailio.cfg", script)
	k.write("local.cfg", local)
}

// moduleRoot is the directory of go.mod, above the directory that the test runs in.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = parent
	}
}

// freePorts returns ports of the loopback interface that were free for TCP and UDP.
func freePorts(t testing.TB, n int) []string {
	t.Helper()
	var ports []string
	var held []func() error
	for len(ports) < n {
		tcp, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, tcp.Close)
		udp, err := net.ListenPacket("udp", tcp.Addr().String())
		if err != nil {
			continue
		}
		held = append(held, udp.Close)
		_, port, _ := strings.Cut(tcp.Addr().String(), ":")
		ports = append(ports, port)
	}
	for _, release := range held {
		_ = release()
	}
	return ports
}
