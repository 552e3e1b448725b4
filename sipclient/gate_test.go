package sipclient

import (
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/emiago/sipgo/sip"

	"golync/internal/siptest"
)

func TestWhatTheGateRefuses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		for _, test := range []struct {
			name, method, body string
			headers            []string
			code               int
			want               string // part of the answer
		}{
			{"unknown extension", "MESSAGE", "hi", []string{"Require: nothingSupportsThis, nothingSupportsThisEither"}, 420, "Unsupported: nothingSupportsThis, nothingSupportsThisEither"},
			{"CSeq of another method", "MESSAGE", "hi", []string{"CSeq: 8 INVITE"}, 400, ""},
			{"CSeq of another, unknown method", "NEWMETHOD", "", []string{"CSeq: 8 INVITE"}, 501, "Allow: INVITE"},
			{"unknown method", "NEWMETHOD", "", nil, 501, "Allow: INVITE"},
			{"method we do not take", "REGISTER", "", nil, 405, "Allow: INVITE"},
			{"PUBLISH that came back", "PUBLISH", "", nil, 405, ""},
			{"two From", "MESSAGE", "hi", []string{"Subject: a\r\nFrom: <sip:eve@contoso.com>;tag=2"}, 400, ""},
			{"two To", "MESSAGE", "hi", []string{"Subject: a\r\nTo: <sip:eve@contoso.com>"}, 400, ""},
			{"two Expires", "MESSAGE", "hi", []string{"Expires: 1\r\nExpires: 2"}, 400, ""},
			{"stray BYE", "BYE", "", nil, 481, ""},
			{"stray CANCEL", "CANCEL", "", nil, 481, ""},
			{"are you there", "OPTIONS", "", nil, 200, "Accept: text/plain"},
			{"can you be called", "OPTIONS", "", nil, 200, ", application/sdp"},
			{"what can you", "OPTIONS", "", nil, 200, "Supported: 100rel, replaces, timer"},
			{"OPTIONS with no hop left", "OPTIONS", "", []string{"Max-Forwards: 0"}, 200, ""},
			{"a call that needs what we lack", "INVITE", "", []string{"Require: timer, precondition"}, 420, "Unsupported: precondition"},
			{"a call about something else", "INVITE", "hi", []string{"Content-Type: text/plain"}, 415, "Accept: application/sdp"},
			{"a call in the place of none", "INVITE", "", []string{"Replaces: x;to-tag=1;from-tag=2"}, 481, ""},
			{"a session of a minute", "INVITE", "", []string{"Session-Expires: 60", "Supported: timer"}, 422, "Min-SE: 90"},
			{"stray PRACK", "PRACK", "", []string{"RAck: 1 1 INVITE"}, 481, ""},
			{"stray UPDATE", "UPDATE", "", nil, 481, ""},
			{"stray INFO", "INFO", "", nil, 481, ""},
			{"to call somebody for a third one", "REFER", "", []string{"Refer-To: <sip:eve@contoso.com>"}, 603, ""},
			{"word of a transfer that is none", "NOTIFY", "", []string{"Event: refer", "Subscription-State: active"}, 481, ""},
			{"a call that takes no session description", "INVITE", "", []string{"Accept: text/nobodyKnowsThis"}, 406, "Accept: application/sdp"},
			{"call within a call", "INVITE", "", []string{"To: <sip:alice@contoso.com>;tag=x"}, 481, ""},
			{"watcher information of ours", "SUBSCRIBE", "", []string{"Event: presence.winfo"}, 489, "Allow-Events: presence"},
			{"no event", "SUBSCRIBE", "", nil, 489, ""},
			{"SUBSCRIBE without a tag", "SUBSCRIBE", "", []string{"From: <sip:bob@contoso.com>"}, 400, ""},
		} {
			res := peer.Response(peer.Send(test.method, bob, "sip:alice@contoso.com", "", test.body, test.headers...))
			if res.Code() != test.code || !strings.Contains(res.String(), test.want) {
				t.Errorf("%s: %s", test.name, res)
			}
			if res.Tag("To") == "" {
				t.Errorf("%s: the answer has no tag", test.name)
			}
		}
		for name, test := range map[string]struct {
			raw  string
			code int
		}{
			"version":    {"MESSAGE sip:alice@contoso.com SIP/7.0\r\n", 505},
			"URI scheme": {"MESSAGE nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0\r\n", 416},
		} {
			m := &siptest.Message{First: strings.TrimSpace(test.raw), Headers: []siptest.Header{
				{Name: "Via", Value: "SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK" + newToken()},
				{Name: "Max-Forwards", Value: "70"},
				{Name: "From", Value: "<" + bob + ">;tag=1"},
				{Name: "To", Value: "<sip:alice@contoso.com>"},
				{Name: "Call-ID", Value: newToken()},
				{Name: "CSeq", Value: "1 MESSAGE"},
			}}
			peer.Raw(m.Bytes())
			if res := peer.Response(m); res.Code() != test.code || !strings.HasPrefix(res.First, "SIP/2.0 ") {
				t.Errorf("%s: %s", name, res)
			}
		}
	})
}

func TestCallFromSomebodyBlockedIsRefusedAsAsked(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) {
			o.Admit = func(in Incoming) Verdict {
				if in == (Incoming{Method: "MESSAGE", From: bob}) {
					return Verdict{Refuse: 403}
				}
				if in != (Incoming{Method: "INVITE", From: bob}) {
					t.Errorf("%+v", in)
				}
				return Verdict{Refuse: 603}
			}
		})
		peer := d.signIn()
		call := peer.Send("INVITE", bob, "sip:alice@contoso.com", "", "")
		if res := peer.Response(call); res.Code() != 603 {
			t.Fatal(res)
		}
		peer.Send("ACK", bob, "sip:alice@contoso.com", "", "", "Call-ID: "+call.Get("Call-ID"))
		if res := peer.Response(peer.Send("OPTIONS", bob, "sip:alice@contoso.com", "", "")); res.Code() != 403 {
			t.Fatal(res)
		}
	})
}

func TestRequestsFromElsewhereAreForbidden(t *testing.T) {
	req := sip.NewRequest(sip.MESSAGE, sip.Uri{Scheme: "sip", User: "alice", Host: "contoso.com"})
	req.SetSource("203.0.113.9:5060")
	if r := inspect(req, serverAddr); r == nil || r.code != 403 {
		t.Fatal(r)
	}
}

// torture is what RFC 4475 wants of a user agent, and what reaches it over a stream: a call that is in order rings.
// What is missing here is a response, or cannot be cut out of a stream.
var torture = map[string]int{
	"badaspec": 400, "badbranch": 200, "baddate": 180, "badinv01": 400, "badvers": 505, "bext01": 420, "cparam01": 405,
	"cparam02": 405, "escruri": 400, "invut": 415, "ltgtruri": 400, "lwsruri": 400, "lwsstart": 400, "mcl01": 400,
	"mismatch01": 400, "mismatch02": 501, "multi01": 400, "novelsc": 416, "quotbal": 400, "regaut01": 405, "regbadct": 405,
	"regescrt": 405, "scalar02": 400, "sdp01": 406, "trws": 400, "unkscm": 416, "unksm2": 405, "zeromf": 200,
	"esc01": 180, "esc02": 501, "insuf": 400, "escnull": 405, "intmeth": 501, "longreq": 180, "lwsdisp": 200, "mpart01": 415, "semiuri": 200,
	"transports": 200, "wsinv": 481,
}

func TestTortureMessagesAreAnsweredAsTheRFCSays(t *testing.T) {
	files, _ := filepath.Glob(tortureFiles())
	if len(files) == 0 {
		t.Fatal("the messages of RFC 4475 are not in sipgo's module")
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".dat")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			head, body, _ := strings.Cut(string(raw), "\r\n\r\n")
			if torture[name] == 0 && !framed(head, body) {
				t.Skip("cannot be cut out of a stream")
			}
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.signIn()
				peer.Raw(raw)
				synctest.Wait()
				got := 0
				for _, m := range peer.Waiting() {
					got = m.Code()
				}
				if got != torture[name] {
					t.Fatalf("answered %d, want %d", got, torture[name])
				}
				quiet[Disconnected](d)
			})
		})
	}
}

// tortureFiles is a pattern for the messages that come with sipgo's source.
func tortureFiles() string {
	file, _ := runtime.FuncForPC(reflect.ValueOf(sip.ParseMessage).Pointer()).FileLine(0)
	return filepath.Join(filepath.Dir(file), "testdata", "torture", "*valid", "*")
}

// framed reports whether a message ends where its Content-Length says: the others are for datagrams.
func framed(head, body string) bool {
	for _, line := range strings.Split(head, "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		if name = strings.ToLower(strings.TrimSpace(name)); name == "content-length" || name == "l" {
			return seconds(strings.TrimSpace(value)).Seconds() == float64(len(body))
		}
	}
	return false
}
