package flow

import (
	"errors"
	"strconv"
	"strings"
	"testing"
)

// cut feeds a stream in pieces of size octets and returns what comes out: the bodies of good messages, "bad: why"
// for dropped ones, "crlf", and "end: why" when the stream cannot be cut any further.
func cut(stream string, size int, limits Limits) []string {
	f := framer{limits: limits.withDefaults()}
	var out []string
	for len(stream) > 0 {
		n := min(size, len(stream))
		f.write([]byte(stream[:n]))
		stream = stream[n:]
		for {
			got, err := f.next()
			if errors.Is(err, errMore) {
				break
			}
			switch {
			case err != nil:
				return append(out, "end: "+err.Error())
			case got.crlf:
				out = append(out, "crlf")
			case got.err != nil:
				out = append(out, "bad: "+got.err.Error())
			default:
				out = append(out, string(got.body))
			}
		}
	}
	return out
}

func TestAStreamIsCutIntoMessages(t *testing.T) {
	good := message("MESSAGE sip:a@b SIP/2.0", "\ngood")
	evil := strings.ReplaceAll(good, "good", "evil")
	for name, tc := range map[string]struct {
		stream string
		want   string
	}{
		"one":                        {good, "good"},
		"three at once":              {good + good + good, "good good good"},
		"CRLF before and between":    {"\r\n" + good + "\r\n\r\n" + good, "crlf good crlf crlf good"},
		"NULs between":               {good + "\x00\x00\x00\x00" + good, "good good"},
		"compact length":             {message("MESSAGE sip:a@b SIP/2.0", "Content-Length: 2", "\nhi") + good, "hi good"},
		"length by its short name":   {strings.Replace(good, "Content-Length", "l", 1) + good, "good good"},
		"length in odd case, spaces": {strings.Replace(good, "Content-Length: 4", "cOnTeNt-LeNgTh \t:\t 4 ", 1) + good, "good good"},
		"length folded":              {strings.Replace(good, "Content-Length: 4", "Content-Length:\r\n 4", 1) + good, "good good"},
		"length said twice, alike":   {message("MESSAGE sip:a@b SIP/2.0", "Content-Length: 2", "l: 2", "\nhi") + good, "hi good"},
		"no length, no body":         {strings.Replace(message("OPTIONS sip:a@b SIP/2.0"), "Content-Length: 0\r\n", "", 1) + good, " good"},
		"body that looks like a message": {
			message("MESSAGE sip:a@b SIP/2.0", "\n"+evil) + good,
			evil + " good",
		},
		"empty lines in a body": {message("MESSAGE sip:a@b SIP/2.0", "\n\r\n\r\n\r\n") + good, "\r\n\r\n\r\n good"},

		"a body whose length nobody told": {
			"INVITE sip:a@b SIP/2.0\r\nContent-Type: application/sdp\r\n\r\nv=0\r\no=x\r\n" + good + good,
			"bad: body without Content-Length good good",
		},
		"a body too large":        {message("MESSAGE sip:a@b SIP/2.0", "\n"+strings.Repeat("x", 5000)) + good, "bad: body too large good"},
		"two lengths that differ": {message("MESSAGE sip:a@b SIP/2.0", "Content-Length: 0", "l: 4", "\nevil") + good, "bad: two Content-Length that differ good"},
		"two lengths that hide a message": {
			message("MESSAGE sip:a@b SIP/2.0", "l: 0", "Content-Length: "+strconv.Itoa(len(evil)), "\n"+evil) + good,
			"bad: two Content-Length that differ good",
		},
		"no header field":       {message("MESSAGE sip:a@b SIP/2.0", "no colon here", "\nx") + good, "bad: not a header field good"},
		"folding before any":    {"MESSAGE sip:a@b SIP/2.0\r\n X: y\r\nl: 0\r\n\r\n" + good, "bad: header begins with white space good"},
		"field too long":        {message("MESSAGE sip:a@b SIP/2.0", "X: "+strings.Repeat("y", 9000)) + good, "bad: header field too long good"},
		"folded into too long":  {message("MESSAGE sip:a@b SIP/2.0", "X: y"+strings.Repeat("\r\n y", 5000)) + good, "bad: header field too long good"},
		"start line too long":   {message("MESSAGE sip:"+strings.Repeat("a", 9000)+" SIP/2.0") + good, "bad: start line too long good"},
		"bare LF":               {message("MESSAGE sip:a@b SIP/2.0", "Subject: a\nVia: b") + good, "bad: line break in a header field good"},
		"bare CR":               {message("MESSAGE sip:a@b SIP/2.0", "Subject: a\rb") + good, "bad: line break in a header field good"},
		"not SIP, then SIP":     {"GET / HTTP/1.1\r\nHost: x\r\n\r\n" + good, " good"},
		"not SIP, with a body":  {"GET / HTTP/1.1\r\nContent-Length: 3\r\n\r\nxyz" + good, "xyz good"},
		"negative length":       {message("MESSAGE sip:a@b SIP/2.0", "Content-Length: -1") + good, "end: Content-Length is no number"},
		"length with a plus":    {message("MESSAGE sip:a@b SIP/2.0", "Content-Length: +1") + good, "end: Content-Length is no number"},
		"length in hex":         {message("MESSAGE sip:a@b SIP/2.0", "Content-Length: 0x1") + good, "end: Content-Length is no number"},
		"length empty":          {message("MESSAGE sip:a@b SIP/2.0", "Content-Length:") + good, "end: Content-Length is no number"},
		"length overflows":      {message("MESSAGE sip:a@b SIP/2.0", "Content-Length: 18446744073709551617") + good, "end: body of more than 16777216 octets"},
		"no end of the headers": {"MESSAGE sip:a@b SIP/2.0\r\n" + strings.Repeat("X: y\r\n", 20000), "end: headers without an end"},
	} {
		for _, size := range []int{1, 2, 3, 7, 100, 1 << 20} {
			got := strings.Join(cut(tc.stream, size, Limits{Body: 4000}), " ")
			if got != tc.want {
				t.Errorf("%s, %d octets at a time: %.200q, want %.200q", name, size, got, tc.want)
			}
		}
	}
}

func TestADatagramIsOneMessage(t *testing.T) {
	good := message("MESSAGE sip:a@b SIP/2.0", "\ngood")
	for name, tc := range map[string]struct {
		data, body, why string
	}{
		"as it should be":     {good, "good", ""},
		"CRLF in front":       {"\r\n" + good, "good", ""},
		"no length":           {strings.Replace(good, "Content-Length: 4\r\n", "", 1), "good", ""},
		"surplus octets":      {good + good, "good", ""},
		"cut short":           {good[:len(good)-1], "", "body cut short"},
		"lengths that differ": {message("MESSAGE sip:a@b SIP/2.0", "l: 0", "Content-Length: 1", "\nx"), "", "two Content-Length that differ"},
		"negative length":     {message("MESSAGE sip:a@b SIP/2.0", "Content-Length: -1"), "", "Content-Length is no number"},
		"no empty line":       {"MESSAGE sip:a@b SIP/2.0\r\nX: y\r\n", "", "headers without an end"},
		"nothing but lines":   {"\r\n\r\nxx", "", "empty"},
	} {
		f := framer{limits: Limits{}.withDefaults()}
		got, err := f.datagram([]byte(tc.data))
		if err == nil {
			err = got.err
		}
		why := ""
		if err != nil {
			why = err.Error()
		}
		if why != tc.why || why == "" && string(got.body) != tc.body {
			t.Errorf("%s: %q, %q; want %q, %q", name, got.body, why, tc.body, tc.why)
		}
	}
}

func TestABufferThatWasReadIsUsedAgain(t *testing.T) {
	f := framer{limits: Limits{}.withDefaults()}
	good := message("MESSAGE sip:a@b SIP/2.0", "\n"+strings.Repeat("x", 1000))
	for range 1000 {
		f.write([]byte(good[:700]))
		if _, err := f.next(); !errors.Is(err, errMore) {
			t.Fatal(err)
		}
		f.write([]byte(good[700:]))
		if _, err := f.next(); err != nil {
			t.Fatal(err)
		}
	}
	if cap(f.buf) > 1<<14 {
		t.Errorf("%d octets are held after 1,000 messages of %d", cap(f.buf), len(good))
	}
}
