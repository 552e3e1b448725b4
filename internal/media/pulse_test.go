package media

import (
	"errors"
	"math"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/jfreymuth/pulse/proto"
)

// pulseServer starts a sound server of this test's own, with two loudspeakers that make no sound and a microphone.
func pulseServer(t *testing.T, more ...string) (Pulse, *exec.Cmd) {
	t.Helper()
	needProgram(t, "pulseaudio")
	dir := t.TempDir()
	socket := filepath.Join(dir, "native")
	args := []string{
		"-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disallow-exit", "--log-target=stderr", "--log-level=error",
		"--load=module-native-protocol-unix auth-anonymous=1 socket=" + socket,
		"--load=module-null-sink sink_name=room sink_properties=device.description=Room",
		"--load=module-null-sink sink_name=desk sink_properties=device.description=Desk",
		"--load=module-remap-source source_name=mic master=desk.monitor source_properties=device.description=Microphone",
	}
	for _, m := range more {
		args = append(args, "--load="+m)
	}
	cmd := exec.Command("pulseaudio", args...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_RUNTIME_DIR="+dir, "PULSE_RUNTIME_PATH="+dir, "PULSE_STATE_PATH="+dir)
	cmd.Stderr = &tail{}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill() //nolint:errcheck // it may have ended
		cmd.Wait()         //nolint:errcheck // it was killed
	})
	p := Pulse{Server: "unix:" + socket}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if all, err := p.Sources(); err == nil && len(all) > 0 {
			return p, cmd
		} else if time.Now().After(deadline) {
			t.Fatalf("the sound server did not come up: %v %v\n%s", all, err, cmd.Stderr)
		}
	}
}

func TestPulseTellsItsDevices(t *testing.T) {
	p, _ := pulseServer(t)
	sinks, err := p.Sinks()
	if err != nil {
		t.Fatal(err)
	}
	if len(sinks) != 2 || sinks[0].ID != "room" || sinks[0].Name != "Room" || sinks[1].Name != "Desk" {
		t.Errorf("loudspeakers: %+v", sinks)
	}
	if sinks[0].Default == sinks[1].Default {
		t.Errorf("one of the loudspeakers is the default: %+v", sinks)
	}
	sources, err := p.Sources()
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) != 1 || sources[0].ID != "mic" || sources[0].Name != "Microphone" || sources[0].Echo {
		t.Errorf("microphones, monitors left out: %+v", sources)
	}
}

// hearsTone reads until a second of the tone has come. The first seconds of a null sink are not to be relied on, and a
// machine that is busy makes holes.
func hearsTone(t *testing.T, mic Source, hz, amplitude float64) {
	t.Helper()
	frame := make([]int16, Frame)
	var window []int16
	right := 0
	for deadline := time.Now().Add(20 * time.Second); right < 10; {
		if time.Now().After(deadline) {
			t.Fatalf("no second of %.0f Hz at %.2f; at the end it was %.3f", hz, amplitude, goertzel(window, hz))
		}
		if err := mic.Read(frame); err != nil {
			t.Fatal(err)
		}
		if window = append(window, frame...); len(window) < Rate/10 {
			continue
		}
		if level := goertzel(window, hz); math.Abs(level-amplitude) < 0.08*amplitude && restOf(window, hz) < 0.02 {
			right++
		}
		window = window[:0]
	}
}

func TestPulsePlaysAndRecords(t *testing.T) {
	p, _ := pulseServer(t)
	// A null sink renders ahead at its beginning; the microphone makes it run.
	mic, err := p.OpenSource("desk.monitor")
	if err != nil {
		t.Fatal(err)
	}
	defer mic.Close()
	speaker, err := p.OpenSink("desk")
	if err != nil {
		t.Fatal(err)
	}
	defer speaker.Close()
	tone := Tone(440, 0.5)
	var most time.Duration
	played := make(chan struct{})
	go func() {
		defer close(played)
		p := newPlayer(speaker)
		frame := make([]int16, Frame)
		for tone.Read(frame) == nil {
			for range p.frames() {
				most = max(most, speaker.(queuer).Queued())
				if speaker.Write(frame) != nil {
					return
				}
			}
		}
	}()
	hearsTone(t, mic, 440, 0.5)
	tone.Close()
	<-played
	if most > 2*queueHigh {
		t.Errorf("the server held %v", most)
	}
}

// A loudspeaker that went with a full queue is found out by the next frame.
func TestALoudspeakerThatHasGoneHoldsNothing(t *testing.T) {
	gone := make(chan struct{})
	s := &pulseSink{pulseConn: &pulseConn{gone: gone}, target: 4 * frameBytes}
	if n := newPlayer(s).frames(); n != 0 {
		t.Errorf("%d frames for a full queue", n)
	}
	close(gone)
	if n := newPlayer(s).frames(); n == 0 || s.Write(make([]int16, Frame)) == nil {
		t.Errorf("%d frames, and no error, when it has gone", n)
	}
}

// The whole way: what is played at the desk is heard by its microphone, goes through a call and comes out in the room.
// Then the server dies, and the call does not.
func TestACallThroughASoundServer(t *testing.T) {
	p, cmd := pulseServer(t)
	desk, err := p.OpenSink("desk")
	if err != nil {
		t.Fatal(err)
	}
	mic, err := p.OpenSource("mic")
	if err != nil {
		t.Fatal(err)
	}
	room, err := p.OpenSink("room")
	if err != nil {
		t.Fatal(err)
	}
	ear, err := p.OpenSource("room.monitor")
	if err != nil {
		t.Fatal(err)
	}
	defer ear.Close()
	speaker, _ := loopback(t, "G722") // plays the tone at the desk: it hears one over the network
	speaker.Use(nil, desk)
	tone, err := Listen(netip.MustParseAddr("127.0.0.1"))
	if err != nil {
		t.Fatal(err)
	}
	defer tone.Close()
	tone.Use(Tone(440, 0.5), nil)
	change(t, tone, agreed(speaker.Addr().String(), "PCMA"))
	change(t, speaker, agreed(tone.Addr().String(), "PCMA"))

	a, b := loopback(t, "G722")
	a.Use(mic, nil)
	b.Use(nil, room)
	hearsTone(t, ear, 440, 0.5)
	cmd.Process.Kill() //nolint:errcheck // seen below
	for deadline := time.Now().Add(10 * time.Second); a.Report().SourceErr == nil || b.Report().SinkErr == nil; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%v, %v", a.Report().SourceErr, b.Report().SinkErr)
		}
	}
	sent := a.Report().Sent
	time.Sleep(500 * time.Millisecond)
	if got := a.Report().Sent; got == sent {
		t.Error("nothing is sent any more")
	}
}

func TestAMicrophoneWithoutEchoIsPreferred(t *testing.T) {
	p, _ := pulseServer(t, "module-remap-source source_name=mic.echo-cancel master=room.monitor")
	sources, err := p.Sources()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(sources, func(d Device) bool { return d.Echo && d.ID == "mic.echo-cancel" }) {
		t.Fatalf("no microphone without echo among %+v", sources)
	}
	c, err := dialPulse(p.Server, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	if got := c.preferred(); got != "mic.echo-cancel" {
		t.Errorf("preferred: %q", got)
	}
}

func TestAServerThatGoesAwayIsAnErrorOfTheDevice(t *testing.T) {
	p, cmd := pulseServer(t)
	mic, err := p.OpenSource("")
	if err != nil {
		t.Fatal(err)
	}
	defer mic.Close()
	speaker, err := p.OpenSink("")
	if err != nil {
		t.Fatal(err)
	}
	defer speaker.Close()
	cmd.Process.Kill() //nolint:errcheck // seen below
	frame := make([]int16, Frame)
	for err == nil {
		err = mic.Read(frame)
	}
	if !errors.Is(err, ErrNoServer) {
		t.Errorf("the microphone said %v", err)
	}
	<-speaker.(*pulseSink).gone
	if err := speaker.Write(frame); !errors.Is(err, ErrNoServer) {
		t.Errorf("the loudspeaker said %v", err)
	}
}

// A loudspeaker that is pulled out: the server moves the sound to another one, and the call notices nothing.
func TestSoundMovesWhenTheServerMovesIt(t *testing.T) {
	p, _ := pulseServer(t)
	ear, err := p.OpenSource("desk.monitor")
	if err != nil {
		t.Fatal(err)
	}
	defer ear.Close()
	speaker, err := p.OpenSink("room")
	if err != nil {
		t.Fatal(err)
	}
	a, b := loopback(t, "PCMA")
	a.Use(Tone(440, 0.5), nil)
	b.Use(nil, speaker)
	c, err := dialPulse(p.Server, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	var room proto.GetSinkInfoReply
	if err := c.ask(&proto.GetSinkInfo{SinkIndex: proto.Undefined, SinkName: "room"}, &room); err != nil {
		t.Fatal(err)
	}
	if err := c.ask(&proto.UnloadModule{ModuleIndex: room.ModuleIndex}, nil); err != nil {
		t.Fatal(err)
	}
	hearsTone(t, ear, 440, 0.5)
	if err := b.Report().SinkErr; err != nil {
		t.Errorf("dropped: %v", err)
	}
}

func TestWithoutAServerThereIsAnError(t *testing.T) {
	p := Pulse{Server: "unix:" + filepath.Join(t.TempDir(), "nobody")}
	if _, err := p.OpenSource(""); !errors.Is(err, ErrNoServer) {
		t.Errorf("source: %v", err)
	}
	if _, err := p.OpenSink(""); !errors.Is(err, ErrNoServer) {
		t.Errorf("sink: %v", err)
	}
	if _, err := p.Sinks(); !errors.Is(err, ErrNoServer) {
		t.Errorf("list: %v", err)
	}
	if _, err := (Pulse{Server: "nonsense"}).Sources(); !errors.Is(err, ErrNoServer) {
		t.Errorf("nonsense: %v", err)
	}
}

func TestServerStringsAreRead(t *testing.T) {
	for in, want := range map[string][]pulseAddress{
		"/run/x":                    {{"unix", "/run/x"}},
		"unix:/run/x":               {{"unix", "/run/x"}},
		"tcp:sound.contoso.com":     {{"tcp", "sound.contoso.com:4713"}},
		"tcp6:[::1]:99 unix:/a":     {{"tcp6", "[::1]:99"}, {"unix", "/a"}},
		"{5a1}unix:/a":              {{"unix", "/a"}},
		"carrier-pigeon:/a":         nil,
		"tcp4:127.0.0.1 {unclosed:": {{"tcp4", "127.0.0.1:4713"}},
	} {
		if got := pulseAddresses(in); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
}
