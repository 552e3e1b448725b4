package sound

import (
	"path/filepath"
	"strings"
	"testing"

	"golync/internal/session"
)

// What is the matter with a device is told for as long as it is so, whoever asks: when it is opened, and later.
func TestADeviceThatDoesNotOpenIsToldOf(t *testing.T) {
	t.Setenv("PULSE_SERVER", "unix:"+filepath.Join(t.TempDir(), "nothing"))
	missing := fileName + filepath.Join(t.TempDir(), "missing.wav")
	for name, c := range map[string]struct{ source, sink, says string }{
		"no server":     {"", "", "no sound server was found"},
		"no microphone": {missing, "none", "you are not heard"},
		"no loudspeaker": {
			"none", fileName + filepath.Join(t.TempDir(), "no", "such", "directory.wav"), "you hear nothing",
		},
		"neither":        {missing, programName, "neither microphone nor loudspeaker works"},
		"none by choice": {"none", "none", ""},
	} {
		t.Run(name, func(t *testing.T) {
			line, err := new(Card).Open(session.Way{Local: here})
			if err != nil {
				t.Fatal(err)
			}
			defer line.Close()
			opened := line.Use(c.source, c.sink)
			_, later := line.Sound()
			for when, err := range map[string]error{"opened": opened, "later": later} {
				if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
					t.Errorf("%s: %v, want %q", when, err, c.says)
				}
			}
			if err := line.Use("none", "none"); err != nil {
				t.Error(err)
			}
			if _, err := line.Sound(); err != nil {
				t.Errorf("with other devices: %v", err)
			}
		})
	}
}
