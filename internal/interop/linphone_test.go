//go:build linux

package interop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golync/sipclient"
)

// linphone is a telephone that is driven by lines of text. It plays a file into the call and records another.
type linphone struct {
	t   *testing.T
	p   *program
	dir string
}

// startLinphone starts it as a user, and waits until it has signed in.
func startLinphone(t *testing.T, k *Kamailio, u User, transport string) *linphone {
	t.Helper()
	Need(t, "linphonec")
	l := &linphone{t: t, dir: t.TempDir()}
	for _, d := range []string{"linphone", ".local/share/linphone"} {
		if err := os.MkdirAll(filepath.Join(l.dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range map[string]string{"rc": linphoneSettings(k, u, transport), "commands": ""} {
		if err := os.WriteFile(filepath.Join(l.dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	writeTone(t, filepath.Join(l.dir, "says.wav"), 8000, baresipHz, baresipAmp, 2*time.Minute)
	env := []string{"HOME=" + l.dir, "XDG_CONFIG_HOME=" + l.dir, "XDG_DATA_HOME=" + l.dir, "XDG_CACHE_HOME=" + l.dir}
	l.p = start(t, filepath.Join(l.dir, "said"), l.dir, env, "sh", "-c", "tail -n +1 -f commands | linphonec -c rc -S -l log -d 5")
	l.does("soundcard use files", "record "+filepath.Join(l.dir, "heard.wav"))
	signedIn := func() bool {
		log, _ := os.ReadFile(filepath.Join(l.dir, "log"))
		return strings.Contains(string(log), "[LinphoneRegistrationOk]")
	}
	l.p.until(t, "signs in", signedIn)
	return l
}

// linphoneSettings are those of an account. Over TLS it wants keys (SDES) for its sound, and nothing else.
func linphoneSettings(k *Kamailio, u User, transport string) string {
	user, domain, _ := strings.Cut(u.Address, "@")
	server := map[string]string{"tls": k.TLS, "tcp": k.TCP, "udp": k.UDP}[transport]
	ports := freePorts(k.t, 2)
	port := map[string]string{"udp": "0", "tcp": "0", "tls": "0"} // 0: not spoken
	port[transport] = ports[0]
	media := "media_encryption=none"
	if transport == "tls" {
		media = "media_encryption=srtp\nmedia_encryption_mandatory=1" // else it takes golync's choice for plain sound
	}
	return strings.Join([]string{
		"[sip]", "default_proxy=0", "use_ipv6=0", "guess_hostname=0", "sip_port=" + port["udp"], "sip_tcp_port=" + port["tcp"], "sip_tls_port=" + port["tls"],
		"root_ca=" + k.CAFile, "verify_server_cn=0", media,
		"[net]", "firewall_policy=0", "[video]", "enabled=0", "[rtp]", "audio_rtp_port=" + ports[1],
		"[proxy_0]", "reg_proxy=<sip:" + server + ";transport=" + transport + ">", "reg_route=<sip:" + server + ";transport=" + transport + ";lr>",
		"reg_identity=sip:" + u.Address, "reg_expires=600", "reg_sendregister=1",
		"[auth_info_0]", "username=" + user, "passwd=" + u.Password, "realm=" + domain, "domain=" + domain, "",
	}, "\n")
}

// does types commands.
func (l *linphone) does(commands ...string) {
	l.t.Helper()
	f, err := os.OpenFile(filepath.Join(l.dir, "commands"), os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		l.t.Fatal(err)
	}
	defer f.Close()
	for _, c := range commands {
		if _, err := f.WriteString(c + "\n"); err != nil {
			l.t.Fatal(err)
		}
	}
}

// heard is what it has recorded. The header of its file is empty until it ends.
func (l *linphone) heard() (samples, error) {
	path := filepath.Join(l.dir, "heard.wav")
	b, err := os.ReadFile(path)
	if err != nil || len(b) < 44 || b[0] != 0 {
		return readWAV(path)
	}
	return samples{pcmOf(b[44:]), 8000}, nil
}

func TestCallsWithLinphone(t *testing.T) {
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			k := Start(t, alice, fred)
			l := startLinphone(t, k, fred, transport)
			a := signIn(t, k, alice, transport)
			secure := transport == "tls"

			call := a.calls("sip:"+fred.Address, secure)
			call.becomes("rings there", func(c sipclient.Call) bool { return c.State == sipclient.CallRinging })
			l.does("answer")
			call.becomes("active", active)
			l.does("play " + filepath.Join(l.dir, "says.wav"))
			l.hearsAndIsHeard(call, secure)
			a.Hold(call.id, true)
			call.becomes("held by golync", held)
			hearsNothing(t, call)
			a.Hold(call.id, false)
			call.becomes("back", resumed)
			l.hearsAndIsHeard(call, secure)
			l.does("pause")
			call.becomes("held by linphone", waits)
			hearsNothing(t, l)
			l.does("resume 1")
			call.becomes("back", resumed)
			l.hearsAndIsHeard(call, secure)
			a.HangUp(call.id)
			call.ends(sipclient.EndedHere)
			l.p.says(t, "ended")

			l.does("call " + a.address)
			call = a.answers(secure)
			call.becomes("active", active)
			l.hearsAndIsHeard(call, secure)
			l.does("27*")
			presses(t, call, "27*")
			l.does("terminate")
			call.ends(sipclient.EndedByPeer)
		})
	}
}

// hearsAndIsHeard has both say a tone that the other one hears from now on.
func (l *linphone) hearsAndIsHeard(call *talk, secure bool) {
	l.t.Helper()
	here, there := recorded(call), recorded(l)
	hears(l.t, call, here, baresipHz, baresipAmp)
	hears(l.t, l, there, golyncHz, golyncAmp)
	if is, err := call.line.Sound(); err != nil || is.Secure != secure {
		l.t.Errorf("the call sounds %+v, %v", is, err)
	}
}
