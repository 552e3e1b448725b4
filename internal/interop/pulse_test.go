//go:build linux

package interop

import (
	"os"
	"path/filepath"
	"testing"
)

// room is a sound server of a test's own: a loudspeaker "ear", what is played to which is recorded, and a microphone
// "mic" that hears what is played to "mouth".
type room struct {
	server string // as PULSE_SERVER has it
	env    []string
	tape   string // what was played to ear
}

// startRoom starts the server, in the runtime directory of those who shall find it by themselves, and the tape.
func startRoom(t *testing.T, dir string) *room {
	t.Helper()
	socket := filepath.Join(dir, "pulse", "native")
	if err := os.MkdirAll(filepath.Dir(socket), 0o700); err != nil {
		t.Fatal(err)
	}
	r := &room{
		server: "unix:" + socket, tape: filepath.Join(dir, "ear.wav"),
		env: []string{"HOME=" + dir, "XDG_RUNTIME_DIR=" + dir, "PULSE_RUNTIME_PATH=" + dir, "PULSE_STATE_PATH=" + dir, "PULSE_SERVER=unix:" + socket},
	}
	said := filepath.Join(dir, "said")
	p := start(t, said, dir, r.env[:4], "pulseaudio",
		"-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disallow-exit", "--log-target=stderr", "--log-level=error",
		"--load=module-null-sink sink_name=mouth", "--load=module-null-sink sink_name=ear",
		"--load=module-remap-source source_name=mic master=mouth.monitor source_properties=device.description=Microphone",
		"--load=module-native-protocol-unix auth-anonymous=1 socket="+socket) // the last one: all is there when it is
	p.makes(t, socket)
	start(t, said, dir, r.env, "parec", "--device=ear.monitor", "--file-format=wav", "--format=s16le", "--rate=16000", "--channels=1",
		"--latency-msec=50", r.tape).makes(t, r.tape)
	return r
}

// plays has the microphone hear a file.
func (r *room) plays(t *testing.T, path string) {
	t.Helper()
	start(t, filepath.Join(filepath.Dir(r.tape), "said"), "/", r.env, "paplay", "--device=mouth", path)
}

func (r *room) heard() (samples, error) { return readWAV(r.tape) }
