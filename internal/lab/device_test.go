package lab

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/digest"
)

// patience is how long a test waits for what has to come; in a synctest bubble that is no time at all.
const patience = 10 * time.Second

// device is a SIP device that does exactly what a test tells it.
type device struct {
	t       testing.TB
	aor     string
	contact string
	id      string
	c       net.Conn
	cseq    int
	auth    *digest.Session

	mu sync.Mutex

	requests  chan *sip.Request
	responses chan *sip.Response
	// answer decides on requests that come in; nil answers 200. A returned 0 leaves it to the test.
	answer func(*sip.Request) int
}

// world starts a lab without sockets, for tests in a bubble.
func world(t testing.TB, cfg Config) *Lab {
	t.Helper()
	if cfg.Users == nil {
		cfg.Users = people()
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(watchful{slog.DiscardHandler, t})
	}
	l, err := newLab(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// watchful fails a test when the lab logs an error: it says so when it has recovered from a mistake of its own.
type watchful struct {
	slog.Handler
	t testing.TB
}

func (watchful) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

func (w watchful) Handle(_ context.Context, r slog.Record) error {
	line := r.Message
	r.Attrs(func(a slog.Attr) bool { line += " " + a.String(); return true })
	w.t.Error(line)
	return nil
}

// people are the ones of the examples; everybody's password is "secret".
func people() []User {
	return []User{
		{Address: "sip:alice@contoso.com", Name: "Alice", Password: "secret"},
		{Address: "sip:dana@contoso.com", Name: "Dana", Password: "secret"},
		{Address: "sip:gina@fabrikam.com", Name: "Gina", Password: "secret"},
		{Address: "sip:cheri@outlook.com", Name: "Cheri", Password: "secret"},
		{Address: Decorate("bob@contoso.com"), Name: "Bob", Password: "secret"},
	}
}

// device connects somebody in memory.
func (l *Lab) device(t testing.TB, aor string) *device {
	t.Helper()
	here, there := net.Pipe()
	done := make(chan struct{})
	go func() { defer close(done); l.Serve(there, "TCP") }()
	d := newDevice(t, aor, here)
	t.Cleanup(func() { _ = here.Close(); <-done })
	return d
}

func newDevice(t testing.TB, aor string, c net.Conn) *device {
	l := fmt.Sprintf("%p", c)
	user, _, _ := strings.Cut(strings.TrimPrefix(aor, "sip:"), "@")
	d := &device{
		t: t, aor: aor, id: l, c: c, contact: "sip:" + user + "@" + l[2:] + ".invalid;transport=tcp",
		requests: make(chan *sip.Request, 4096), responses: make(chan *sip.Response, 4096),
	}
	go d.read()
	return d
}

func (d *device) read() {
	defer close(d.requests)
	in, parser := bufio.NewReaderSize(d.c, 64<<10), limits.Parser()
	for {
		raw, err := frame(in)
		if err != nil {
			return
		}
		m, err := parser.ParseSIP(raw)
		if err != nil {
			d.t.Errorf("the lab wrote what nobody reads: %v\n%s", err, raw)
			continue
		}
		switch m := m.(type) {
		case *sip.Response:
			d.responses <- m
		case *sip.Request:
			code := 200
			if d.answer != nil {
				code = d.answer(m)
			}
			if m.Method != sip.ACK && code != 0 {
				d.reply(m, code)
			}
			d.requests <- m
		}
	}
}

// frame reads one message, without flow's help: what the lab writes needs no repair.
func frame(r *bufio.Reader) ([]byte, error) {
	var head []byte
	length := 0
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return nil, err
		}
		head = append(head, line...)
		if v, ok := strings.CutPrefix(line, "Content-Length:"); ok {
			length, _ = strconv.Atoi(strings.TrimSpace(v))
		}
		if line == "\r\n" {
			break
		}
	}
	body := make([]byte, length)
	_, err := io.ReadFull(r, body)
	return append(head, body...), err
}

// reply answers a request from the lab.
func (d *device) reply(req *sip.Request, code int, headers ...string) {
	res := sip.NewResponseFromRequest(req, code, "Reason", nil)
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		res.AppendHeader(sip.NewHeader(name, value))
	}
	d.write(res.String())
}

func (d *device) write(s string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, _ = d.c.Write([]byte(s))
}

// message writes a request from scratch; headers are whole lines, the
// first of a name counts, and they replace what is written otherwise.
func (d *device) message(method, uri, body string, headers ...string) string {
	d.cseq++
	have := map[string]bool{}
	headers = slices.DeleteFunc(slices.Clone(headers), func(h string) bool {
		name, _, _ := strings.Cut(h, ":")
		again := have[name]
		have[name] = true
		return again
	})
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s SIP/2.0\r\n", method, uri)
	put := func(name, value string) {
		if !have[name] {
			fmt.Fprintf(&b, "%s: %s\r\n", name, value)
		}
	}
	put("Via", fmt.Sprintf("SIP/2.0/TCP %s.invalid;branch=z9hG4bK%s%d", d.id[2:], d.id, d.cseq))
	put("From", fmt.Sprintf("<%s>;tag=%s", d.aor, d.id))
	put("To", "<"+strings.Split(uri, ";")[0]+">")
	put("Call-ID", d.id)
	put("CSeq", fmt.Sprintf("%d %s", d.cseq, method))
	put("Max-Forwards", "70")
	put("Contact", "<"+d.contact+">")
	for _, h := range headers {
		b.WriteString(h + "\r\n")
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return b.String()
}

// do sends a request and returns its final response.
func (d *device) do(method, uri, body string, headers ...string) *sip.Response {
	d.t.Helper()
	d.write(d.message(method, uri, body, headers...))
	return d.final()
}

// final waits for a final response.
func (d *device) final() *sip.Response {
	d.t.Helper()
	for {
		if res := d.response(); res.StatusCode >= 200 {
			return res
		}
	}
}

func (d *device) response() *sip.Response {
	d.t.Helper()
	select {
	case res := <-d.responses:
		return res
	case <-time.After(patience):
		d.t.Fatalf("%s got no response", d.aor)
		return nil
	}
}

// next waits for the next request of a method; others in between are an error.
func (d *device) next(method sip.RequestMethod) *sip.Request {
	d.t.Helper()
	select {
	case req := <-d.requests:
		if req == nil {
			d.t.Fatalf("%s was cut off, waiting for %s", d.aor, method)
		}
		if req.Method != method {
			d.t.Fatalf("%s got %s, waiting for %s", d.aor, req.Method, method)
		}
		return req
	case <-time.After(patience):
		d.t.Fatalf("%s got no %s", d.aor, method)
		return nil
	}
}

// nothing checks that no request is there.
func (d *device) nothing() {
	d.t.Helper()
	select {
	case req := <-d.requests:
		if req != nil {
			d.t.Errorf("%s got a %s too many:\n%s", d.aor, req.Method, req)
		}
	default:
	}
}

// register signs in with the password and returns the 200.
func (d *device) register(password string, headers ...string) *sip.Response {
	d.t.Helper()
	registrar := "sip:" + domainOf(d.aor)
	headers = append([]string{"To: <" + d.aor + ">"}, headers...)
	res := d.do("REGISTER", registrar, "", headers...)
	if res.StatusCode != 401 {
		return res
	}
	var values []string
	for _, h := range res.GetHeaders("WWW-Authenticate") {
		values = append(values, h.Value())
	}
	c, err := digest.Choose(values)
	if err != nil {
		d.t.Fatal(err)
	}
	user, _, _ := strings.Cut(strings.TrimPrefix(d.aor, "sip:"), "@")
	d.auth = digest.NewSession(c)
	proof := d.auth.Authorize("REGISTER", registrar, nil, user, password)
	return d.do("REGISTER", registrar, "", append(headers, "Authorization: "+proof)...)
}

// signedIn is a device of somebody who has registered.
func (l *Lab) signedIn(t testing.TB, aor string) *device {
	t.Helper()
	d := l.device(t, aor)
	if res := d.register("secret"); res.StatusCode != 200 {
		t.Fatalf("REGISTER: %s", res.StartLine())
	}
	return d
}

// status checks a response's code.
func status(t testing.TB, res *sip.Response, want int) {
	t.Helper()
	if res.StatusCode != want {
		t.Fatalf("got %s, want %d", res.StartLine(), want)
	}
}
