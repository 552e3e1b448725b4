package flow

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// zone is a Resolver: SRV records by "_service._proto.name" as "priority weight port target", addresses by host.
type zone struct {
	srv   map[string][]*net.SRV
	hosts map[string]string // space separated
	slow  bool              // never answers

	mu    sync.Mutex
	asked []string
}

func (z *zone) ask(ctx context.Context, name string) error {
	z.mu.Lock()
	z.asked = append(z.asked, name)
	z.mu.Unlock()
	if z.slow {
		<-ctx.Done()
		return &net.DNSError{Err: "i/o timeout", Name: name, IsTimeout: true}
	}
	return &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (z *zone) LookupSRV(ctx context.Context, service, proto, name string) (string, []*net.SRV, error) {
	full := "_" + service + "._" + proto + "." + name
	err := z.ask(ctx, full)
	if r := z.srv[full]; r != nil {
		return full, r, nil
	}
	return "", nil, err
}

func (z *zone) LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error) {
	err := z.ask(ctx, host)
	var out []net.IPAddr
	for a := range strings.FieldsSeq(z.hosts[host]) {
		out = append(out, net.IPAddr{IP: net.ParseIP(a)})
	}
	if len(out) > 0 {
		return out, nil
	}
	return nil, err
}

func record(priority, weight, port int, target string) *net.SRV {
	return &net.SRV{Priority: uint16(priority), Weight: uint16(weight), Port: uint16(port), Target: target}
}

// short writes targets as "TLS 192.0.2.1:5061".
func short(targets []Target) string {
	var out []string
	for _, t := range targets {
		out = append(out, t.Transport+" "+t.Addr)
	}
	return strings.Join(out, ", ")
}

func TestAServerIsFoundAsRFC3263Says(t *testing.T) {
	hosts := map[string]string{
		"contoso.com": "192.0.2.1", "a.contoso.com": "192.0.2.10", "b.contoso.com": "192.0.2.20",
		"many.contoso.com": "192.0.2.31 192.0.2.32 2001:db8::31 192.0.2.31 2001:db8::32 2001:db8::33",
	}
	for name, tc := range map[string]struct {
		srv                       map[string][]*net.SRV
		domain, server, transport string
		want                      string
	}{
		"by addresses alone":  {nil, "contoso.com", "", "", "TLS 192.0.2.1:5061, TCP 192.0.2.1:5060"},
		"a server alone":      {nil, "contoso.com", "a.contoso.com", "", "TLS 192.0.2.10:5061, TCP 192.0.2.10:5060"},
		"host and port":       {nil, "contoso.com", "a.contoso.com:7000", "tcp", "TCP 192.0.2.10:7000"},
		"UDP when asked":      {nil, "contoso.com", "", "udp", "UDP 192.0.2.1:5060"},
		"case of transport":   {nil, "contoso.com", "", "Tls", "TLS 192.0.2.1:5061"},
		"IPv4 address":        {nil, "contoso.com", "192.0.2.9", "", "TLS 192.0.2.9:5061, TCP 192.0.2.9:5060"},
		"IPv4 and port":       {nil, "contoso.com", "192.0.2.9:7", "tcp", "TCP 192.0.2.9:7"},
		"IPv6 address":        {nil, "contoso.com", "2001:db8::9", "tcp", "TCP [2001:db8::9]:5060"},
		"IPv6 in brackets":    {nil, "contoso.com", "[2001:db8::9]", "tcp", "TCP [2001:db8::9]:5060"},
		"IPv6 and port":       {nil, "contoso.com", "[2001:db8::9]:7", "tcp", "TCP [2001:db8::9]:7"},
		"domain with a port":  {nil, "contoso.com:7000", "", "tcp", "TCP 192.0.2.1:7000"},
		"dot at the end":      {nil, "contoso.com.", "", "tcp", "TCP 192.0.2.1:5060"},
		"families take turns": {nil, "many.contoso.com", "", "udp", "UDP [2001:db8::31]:5060, UDP 192.0.2.31:5060, UDP [2001:db8::32]:5060, UDP 192.0.2.32:5060, UDP [2001:db8::33]:5060"},
		"SRV of RFC 3263": {map[string][]*net.SRV{
			"_sips._tcp.contoso.com": {record(1, 0, 443, "a.contoso.com.")}, "_sip._tcp.contoso.com": {record(1, 0, 5070, "b.contoso.com.")},
		}, "contoso.com", "", "", "TLS 192.0.2.10:443, TCP 192.0.2.20:5070"},
		"SRV of Lync": {map[string][]*net.SRV{
			"_sipinternaltls._tcp.contoso.com": {record(1, 0, 5061, "a.contoso.com.")}, "_sip._tls.contoso.com": {record(1, 0, 443, "b.contoso.com.")},
		}, "contoso.com", "", "", "TLS 192.0.2.10:5061"},
		"SRV of Lync, outside":          {map[string][]*net.SRV{"_sip._tls.contoso.com": {record(1, 0, 443, "b.contoso.com.")}}, "contoso.com", "", "", "TLS 192.0.2.20:443"},
		"SRV for TCP alone":             {map[string][]*net.SRV{"_sip._tcp.contoso.com": {record(1, 0, 5070, "b.contoso.com.")}}, "contoso.com", "", "", "TCP 192.0.2.20:5070"},
		"SRV is not asked with a port":  {map[string][]*net.SRV{"_sip._tcp.contoso.com": {record(1, 0, 5070, "b.contoso.com.")}}, "contoso.com", "contoso.com:5060", "tcp", "TCP 192.0.2.1:5060"},
		"by priority, one without host": {map[string][]*net.SRV{"_sip._udp.contoso.com": {record(20, 0, 1, "a.contoso.com."), record(10, 9, 2, "gone.contoso.com."), record(10, 0, 3, "b.contoso.com.")}}, "contoso.com", "", "udp", "UDP 192.0.2.20:3, UDP 192.0.2.10:1"},
		"no service, says DNS":          {map[string][]*net.SRV{"_sips._tcp.contoso.com": {record(0, 0, 0, ".")}}, "contoso.com", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			z := &zone{srv: tc.srv, hosts: hosts}
			got, err := Resolve(t.Context(), z, tc.domain, tc.server, tc.transport)
			if short(got) != tc.want || (err == nil) != (tc.want != "") {
				t.Errorf("%v, %v; want %s", short(got), err, tc.want)
			}
			given := tc.server
			if given == "" {
				given = tc.domain
			}
			for _, target := range got {
				if !strings.Contains(given, target.ServerName) || strings.ContainsAny(target.ServerName, "[]") {
					t.Errorf("the certificate is checked for %q, the user gave %q", target.ServerName, given)
				}
			}
		})
	}
}

func TestResolveSaysWhatWasWrong(t *testing.T) {
	for name, tc := range map[string]struct {
		domain, server, transport string
		kind                      Kind
	}{
		"unknown domain":    {"nowhere.example", "", "", NoSuchHost},
		"nothing":           {"", "", "", Other},
		"port zero":         {"", "contoso.com:0", "", Other},
		"port too large":    {"", "contoso.com:65536", "", Other},
		"port no number":    {"", "contoso.com:sip", "", Other},
		"a URI":             {"", "sip:alice@contoso.com", "", Other},
		"two colons":        {"", "a:b:c", "", Other},
		"white space":       {"", "con toso.com", "", Other},
		"too long":          {"", strings.Repeat("a", 300), "", Other},
		"no such transport": {"contoso.com", "", "sctp", Other},
	} {
		_, err := Resolve(t.Context(), &zone{}, tc.domain, tc.server, tc.transport)
		var e *Error
		if !errors.As(err, &e) || e.Kind != tc.kind || e.Error() == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestADNSServerThatIsSilentIsWaitedForInBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		_, err := Resolve(t.Context(), &zone{slow: true}, "contoso.com", "", "")
		var e *Error
		if took := time.Since(start); !errors.As(err, &e) || e.Kind != Timeout || took != 2*lookupWithin {
			t.Errorf("%v after %v", err, took)
		}
	})
}

func TestDNSIsNotAskedForServicesOfThisMachine(t *testing.T) {
	for _, host := range []string{"localhost", "sip.LOCALHOST"} {
		z := &zone{hosts: map[string]string{host: "127.0.0.1"}}
		if got, err := Resolve(t.Context(), z, host, "", "tcp"); err != nil || short(got) != "TCP 127.0.0.1:5060" || len(z.asked) != 1 {
			t.Errorf("%s: %s, %v, asked %q", host, short(got), err, z.asked)
		}
	}
}

func TestAHugeZoneGivesABoundedList(t *testing.T) {
	z := &zone{srv: map[string][]*net.SRV{}, hosts: map[string]string{"a": strings.Repeat("192.0.2.1 ", 5) + "192.0.2.2 192.0.2.3 192.0.2.4"}}
	for i := range 1000 {
		z.srv["_sip._tcp.contoso.com"] = append(z.srv["_sip._tcp.contoso.com"], record(i, 0, 5060+i, "a."))
	}
	got, err := Resolve(t.Context(), z, "contoso.com", "", "tcp")
	if err != nil || len(got) != targetLimit || len(z.asked) > recordLimit+2 {
		t.Errorf("%d targets, %d questions, %v", len(got), len(z.asked), err)
	}
}

func TestWeightsDecideWithinAPriority(t *testing.T) {
	records := []*net.SRV{record(2, 0, 9, "late"), record(1, 0, 1, "none"), record(1, 10, 2, "ten"), record(1, 30, 3, "thirty"), record(1, 1, 4, ".")}
	for draw, want := range map[int]string{0: "none", 1: "ten", 10: "ten", 11: "thirty", 40: "thirty"} {
		first := true
		got := order(records, func(n int) int {
			if first && n != 41 {
				t.Errorf("drawn of %d, want 41", n)
			}
			defer func() { first = false }()
			return min(draw, n-1)
		})
		names := make([]string, len(got))
		for i, r := range got {
			names[i] = r.Target
		}
		if names[0] != want || names[3] != "late" || len(names) != 4 {
			t.Errorf("draw %d: %v, want %s first", draw, names, want)
		}
	}
	counts := map[string]int{}
	for range 10000 {
		counts[order(records, randomly)[0].Target]++
	}
	if r := float64(counts["thirty"]) / float64(counts["ten"]); r < 2.5 || r > 3.5 {
		t.Errorf("30 to 10 came out as %v", counts)
	}
	if !slices.ContainsFunc(records, func(r *net.SRV) bool { return r.Target == "." }) {
		t.Error("the resolver's records were changed")
	}
}
