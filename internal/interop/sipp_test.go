//go:build linux

package interop

import (
	"encoding/xml"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golync/internal/siptest"
)

// script is a scenario of sipp, which plays one side of calls to the letter.
type script struct{ b strings.Builder }

// receives waits for a request or, when what is a number, a response. Attributes are sipp's own; inside are actions.
func (s *script) receives(what string, attributes ...string) *script {
	kind := "request"
	if what[0] >= '0' && what[0] <= '9' {
		kind = "response"
	}
	fmt.Fprintf(&s.b, "<recv %s=%q %s/>\n", kind, what, strings.Join(attributes, " "))
	return s
}

// keeps waits like receives, and keeps what matches an expression of the whole message as $NAME.
func (s *script) keeps(what, name, expression string, attributes ...string) *script {
	s.receives(what, attributes...)
	open := strings.TrimSuffix(s.b.String(), "/>\n") + ">\n"
	s.b.Reset()
	fmt.Fprintf(&s.b, "%s<action><ereg regexp=%q search_in=\"msg\" assign_to=\"%s0,%s\"/></action></recv>\n<Reference variables=\"%s0\"/>\n", open, expression, name, name, name)
	return s
}

// sends sends a message, again and again when it is a request. A body follows an empty line.
func (s *script) sends(message ...string) *script {
	text := strings.Join(message, "\n")
	if !strings.Contains(text, "\n\n") {
		text += "\nContent-Length: 0\n\n"
	}
	again := ""
	if !strings.HasPrefix(text, "SIP/2.0") && !strings.HasPrefix(text, "ACK") {
		again = ` retrans="500"`
	}
	fmt.Fprintf(&s.b, "<send%s><![CDATA[\n%s]]></send>\n", again, text)
	return s
}

// answers sends a response to the request that came last.
func (s *script) answers(status string, headers ...string) *script {
	return s.sends(append([]string{
		"SIP/2.0 " + status, "[last_Via:]", "[last_Record-Route:]", "[last_From:]", "[last_To:];tag=[pid]t[call_number]", "[last_Call-ID:]", "[last_CSeq:]",
		"Contact: <sip:fred@[local_ip]:[local_port]>",
	}, headers...)...)
}

// answersWithin is answers in a dialog, where both tags are known.
func (s *script) answersWithin(status string, headers ...string) *script {
	return s.sends(append([]string{
		"SIP/2.0 " + status, "[last_Via:]", "[last_From:]", "[last_To:]", "[last_Call-ID:]", "[last_CSeq:]", "Contact: <sip:fred@[local_ip]:[local_port]>",
	}, headers...)...)
}

// via is what begins each request.
const via = "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport\nMax-Forwards: 70"

// invites calls alice as fred, who is asked for his password. What is said of the call is in headers.
func (s *script) invites(headers ...string) *script {
	invite := func(seq int, more ...string) []string {
		return append(append([]string{
			"INVITE sip:alice@contoso.com SIP/2.0", via, "From: \"Fred\" <sip:fred@contoso.com>;tag=[pid]f[call_number]",
			"To: <sip:alice@contoso.com>", "Call-ID: [call_id]", fmt.Sprintf("CSeq: %d INVITE", seq), "Contact: <sip:fred@[local_ip]:[local_port]>",
			"Allow: INVITE, ACK, BYE, CANCEL, UPDATE, PRACK",
		}, more...), headers...)
	}
	s.sends(invite(1)...).receives("407", `auth="true"`)
	s.sends("ACK sip:alice@contoso.com SIP/2.0", via, "From: \"Fred\" <sip:fred@contoso.com>;tag=[pid]f[call_number]",
		"[last_To:]", "Call-ID: [call_id]", "CSeq: 1 ACK")
	return s.sends(invite(2, "[authentication username=fred password="+fred.Password+"]")...).receives("100", `optional="true"`)
}

// within sends a request in the dialog that invites has made.
func (s *script) within(method string, seq int, headers ...string) *script {
	return s.sends(append([]string{
		method + " [next_url] SIP/2.0", via, "[routes]", "From: \"Fred\" <sip:fred@contoso.com>;tag=[pid]f[call_number]", "[last_To:]",
		"Call-ID: [call_id]", fmt.Sprintf("CSeq: %d %s", seq, method), "Contact: <sip:fred@[local_ip]:[local_port]>",
	}, headers...)...)
}

// description is one whose sound goes to the port that startSipp is told.
func description(lines ...string) string {
	return "Content-Type: application/sdp\nContent-Length: [len]\n\nv=0\no=fred 1 [call_number] IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\n" +
		"m=audio [ear] RTP/AVP 0\n" + strings.Join(append(lines, ""), "\n")
}

// sipp is a running scenario.
type sipp struct {
	*program
	t   *testing.T
	ear net.PacketConn // where its sound is taken
}

// sippPort registers fred at a new port of UDP for sipp, and returns it.
func sippPort(t *testing.T, k *Kamailio) string {
	t.Helper()
	port := freePorts(t, 1)[0]
	local, err := net.ResolveUDPAddr("udp", "127.0.0.1:"+port)
	if err != nil {
		t.Fatal(err)
	}
	remote, err := net.ResolveUDPAddr("udp", k.UDP)
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.DialUDP("udp", local, remote)
	if err != nil {
		t.Fatal(err)
	}
	r := &raw{siptest.Connect(t, c), t, fred}
	r.register()
	r.Close()
	return port
}

// startSipp runs a scenario at a port, for one call unless args say more.
func startSipp(t *testing.T, k *Kamailio, port string, s *script, args ...string) *sipp {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "scenario.xml")
	text := "<?xml version=\"1.0\"?>\n<scenario name=\"call\">\n" + s.b.String() + "</scenario>\n"
	if err := xml.Unmarshal([]byte(text), new(struct{})); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ear, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ear.Close() })
	_, at, _ := net.SplitHostPort(ear.LocalAddr().String())
	errors := filepath.Join(dir, "errors")
	p := start(t, filepath.Join(dir, "said"), dir, []string{"TERM=dumb"}, "sipp", append([]string{
		k.UDP, "-sf", file, "-i", "127.0.0.1", "-p", port, "-m", "1", "-nostdin", "-key", "ear", at,
		"-trace_err", "-error_file", errors, "-timeout", "100s", "-timeout_error", "-default_behaviors", "none",
	}, args...)...)
	p.until(t, "listens", func() bool { return listens(t, port) })
	p.said = errors
	return &sipp{p, t, ear}
}

// listens reports whether somebody has bound a port of UDP. To try to bind it would be in the way.
func listens(t *testing.T, port string) bool {
	t.Helper()
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile("/proc/net/udp")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(table), fmt.Sprintf(":%04X 00000000:0000", n))
}

// succeeds waits until sipp has been through its scenario.
func (s *sipp) succeeds() {
	s.t.Helper()
	select {
	case <-s.done:
	case <-time.After(2 * patience):
		s.t.Fatalf("sipp is not done:\n%s", tail(s.said))
	}
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		s.t.Fatalf("sipp failed with %d:\n%s", code, tail(s.said))
	}
}

// hearsSound waits for packets of sound.
func (s *sipp) hearsSound() {
	s.t.Helper()
	_ = s.ear.SetReadDeadline(time.Now().Add(patience))
	b := make([]byte, 2048)
	for range 10 {
		n, _, err := s.ear.ReadFrom(b)
		if err != nil {
			s.t.Fatalf("no sound came to sipp: %v", err)
		}
		if n != 12+160 || b[0]>>6 != 2 || b[1]&0x7f != 0 {
			s.t.Fatalf("what came is no packet of G.711: % x", b[:min(n, 16)])
		}
	}
}
