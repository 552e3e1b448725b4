//go:build linux

package interop

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// What the other program says into the call.
const (
	baresipHz  = 500
	baresipAmp = 0.2
)

// baresip is a telephone that nobody here wrote, driven over its control connection (module ctrl_tcp). It says a tone
// and records what it hears.
type baresip struct {
	t    *testing.T
	dir  string
	uri  string
	conn net.Conn

	mu     sync.Mutex
	events []baresipEvent
	came   chan struct{}
}

// baresipEvent is what it tells by itself, or answers.
type baresipEvent struct {
	Type  string `json:"type"`
	Param string `json:"param"`
	Data  string `json:"data"`
}

// baresipOptions say what it can.
type baresipOptions struct {
	transport string // how it reaches the server
	codec     string // "pcmu", "pcma" or "g722"
	srtp      string // mediaenc: "" for none, "srtp" or "srtp-mand"
	room      *room  // whose loudspeaker it plays to, nil for none
}

// rate is what its files need: baresip 1.0 converts nothing.
func (o baresipOptions) rate() int {
	if o.codec == "g722" {
		return 16000
	}
	return 8000
}

// startBaresip starts it as a user and waits until it has signed in.
func startBaresip(t *testing.T, k *Kamailio, u User, o baresipOptions) *baresip {
	t.Helper()
	b := &baresip{t: t, dir: t.TempDir(), uri: "sip:" + u.Address, came: make(chan struct{})}
	ports := freePorts(t, 2)
	writeTone(t, filepath.Join(b.dir, "says.wav"), o.rate(), baresipHz, baresipAmp, 2*time.Minute)
	env := []string(nil)
	if o.room != nil {
		env = []string{"PULSE_SERVER=" + o.room.server, "PULSE_SINK=ear"}
	}
	for name, content := range map[string]string{"config": b.settings(k, o, ports), "accounts": b.account(k, u, o), "contacts": ""} {
		if err := os.WriteFile(filepath.Join(b.dir, name), []byte(content+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := start(t, filepath.Join(b.dir, "said"), b.dir, env, "baresip", "-f", b.dir, "-n", "127.0.0.1")
	p.says(t, " 200 OK") // to REGISTER
	b.connect("127.0.0.1:" + ports[1])
	return b
}

// account is the line of one that signs in.
func (b *baresip) account(k *Kamailio, u User, o baresipOptions) string {
	server := map[string]string{"tls": k.TLS, "tcp": k.TCP, "udp": k.UDP}[o.transport]
	line := fmt.Sprintf("<%s;transport=%s>;auth_pass=%s;outbound=\"sip:%s;transport=%s\";regint=600;answermode=manual;audio_codecs=%s/%d/1",
		b.uri, o.transport, u.Password, server, o.transport, o.codec, o.rate())
	if o.srtp != "" {
		line += ";mediaenc=" + o.srtp
	}
	return line
}

// settings has it take its ports for SIP and for us.
func (b *baresip) settings(k *Kamailio, o baresipOptions, ports []string) string {
	player := "aubridge,nowhere"
	if o.room != nil {
		player = "alsa,pulse"
	}
	return strings.Join([]string{
		"poll_method epoll", "sip_listen 127.0.0.1:" + ports[0], "sip_cafile " + k.CAFile, "module_path /usr/lib/baresip/modules",
		"module g711.so", "module g722.so", "module aufile.so", "module aubridge.so", "module sndfile.so", "module srtp.so", "module alsa.so",
		"module_tmp uuid.so", "module_tmp account.so", "module_app menu.so", "module_app ctrl_tcp.so", "ctrl_tcp_listen 127.0.0.1:" + ports[1],
		"audio_source aufile," + filepath.Join(b.dir, "says.wav"), "audio_player " + player, "audio_alert aubridge,nowhere",
		fmt.Sprintf("ausrc_srate %d", o.rate()), fmt.Sprintf("auplay_srate %d", o.rate()), "ausrc_channels 1", "auplay_channels 1",
		"rtp_timeout 0", "statmode_default off", "ringback_disabled yes", "audio_path " + filepath.Join(b.dir, "none"), "snd_path " + b.dir,
	}, "\n")
}

// connect opens the control connection.
func (b *baresip) connect(address string) {
	b.t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		b.t.Fatal(err)
	}
	b.conn = c
	b.t.Cleanup(func() { _ = c.Close() })
	go b.listen()
}

// listen reads netstrings of JSON.
func (b *baresip) listen() {
	r := bufio.NewReader(b.conn)
	for {
		length, err := r.ReadString(':')
		n, bad := strconv.Atoi(strings.TrimSuffix(length, ":"))
		if err != nil || bad != nil {
			return
		}
		body := make([]byte, n+1) // and a comma
		if _, err := io.ReadFull(r, body); err != nil {
			return
		}
		var e baresipEvent
		if json.Unmarshal(body[:n], &e) != nil {
			continue
		}
		b.mu.Lock()
		b.events = append(b.events, e)
		close(b.came)
		b.came = make(chan struct{})
		b.mu.Unlock()
	}
}

// does gives it a command of its menu.
func (b *baresip) does(command, params string) {
	b.t.Helper()
	m, err := json.Marshal(map[string]string{"command": command, "params": params})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(b.conn, "%d:%s,", len(m), m); err != nil {
		b.t.Fatal(err)
	}
}

// await waits for an event of a type and takes everything up to it.
func (b *baresip) await(kind string) baresipEvent {
	b.t.Helper()
	late := time.After(patience)
	for {
		b.mu.Lock()
		for i, e := range b.events {
			if e.Type == kind {
				b.events = b.events[i+1:]
				b.mu.Unlock()
				return e
			}
		}
		came, seen := b.came, fmt.Sprintf("%+v", b.events)
		b.mu.Unlock()
		select {
		case <-came:
		case <-late:
			b.t.Fatalf("baresip tells nothing of %s; it told %s", kind, seen)
		}
	}
}

// heard is what it has recorded of the latest call.
func (b *baresip) heard() (samples, error) {
	files, err := filepath.Glob(filepath.Join(b.dir, "dump-*-dec.wav"))
	if err != nil || len(files) == 0 {
		return samples{}, fmt.Errorf("baresip has recorded nothing: %v", err)
	}
	return readWAV(files[len(files)-1])
}
