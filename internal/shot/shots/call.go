package main

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
)

// calling are the stories of a call, in the guises in which it looks different.
func calling() (all []story) {
	for _, g := range guises {
		if g.suffix != "-small-light" && g.suffix != "-small-contrast" {
			all = append(all, story{"call" + g.suffix, g.cols, g.rows, g.light, []string{"demo"}, g.calls})
		}
	}
	return all
}

// calls has Dana called and be called by her, and looks at what is left of it.
func (g guise) calls(p *photographer) {
	p.sees("Dana - Available", "Fred - Away", "NEW (1)")
	if g.contrast {
		p.chooses("High contrast", 3)
	}
	p.quiet()
	p.press("/")
	p.types("Fred")
	p.press("enter", "alt+p")
	p.sees("Call with Fred", "Ringing…")
	g.takes(p, "call-ringing")
	p.press("alt+q")
	p.sees("Write to Fred")
	p.press("tab", "/")
	p.types("Dana")
	p.press("enter")
	p.sees("Write to Dana")
	p.press("alt+p")
	p.sees("Call with Dana", "They ■", "You ■", "Good")
	p.types("Where are the drawings?")
	p.press("enter")
	p.sees("They are on the share since this morning")
	p.quiet()
	p.sees("They ■■■")
	p.snaps("call" + g.suffix)
	p.press("alt+k")
	p.sees("Dial Pad")
	p.types("42#")
	p.sees("You pressed 42#.")
	p.loses("Dana (dana@contoso.com)") // the announcement
	g.takes(p, "call-pad")
	p.leaves("esc close")
	p.press("alt+o")
	p.sees("On hold")
	g.takes(p, "call-hold")
	p.press("alt+q")
	p.types("Please call me")
	p.press("enter")
	p.sees("Please call me")
	p.types("Before you do, one more th")
	p.sees("Incoming call")
	g.takes(p, "call-incoming")
	p.press("alt+i")
	p.loses("Incoming call")
	p.press("tab", "6")
	p.sees("CALLS", "Declined", "→ Dialled")
	g.takes(p, "calls")
	p.press("o")
	p.sees("Ringtones and Sounds")
	p.types("microphone")
	p.sees("Audio Device")
	p.press("enter")
	p.sees("Loudspeaker or headset", "Test Sound")
	g.takes(p, "options-audio")
}

// ears gives a user who has no sound server a microphone that speaks and a loudspeaker that nobody hears.
func ears(home string) error {
	dir := filepath.Join(home, "golync") // XDG_CONFIG_HOME is the home
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	voice := filepath.Join(home, "voice.wav")
	if err := os.WriteFile(voice, speech(), 0o600); err != nil {
		return err
	}
	config := "microphone = \"wav:" + voice + "\"\nloudspeaker = \"wav:" + filepath.Join(home, "heard.wav") + "\"\n"
	return os.WriteFile(filepath.Join(dir, "config.toml"), []byte(config), 0o600)
}

// speech is a WAV file (16-bit mono at 16 kHz) of two minutes of a tone that swells about as speech does.
func speech() []byte {
	const rate, samples = 16000, 120 * 16000
	le := binary.LittleEndian
	b := append([]byte("RIFF"), le.AppendUint32(nil, 36+2*samples)...)
	b = append(b, "WAVEfmt "...)
	b = le.AppendUint32(b, 16)
	b = le.AppendUint16(b, 1)
	b = le.AppendUint16(b, 1)
	b = le.AppendUint32(b, rate)
	b = le.AppendUint32(b, 2*rate)
	b = le.AppendUint16(b, 2)
	b = le.AppendUint16(b, 16)
	b = append(b, "data"...)
	b = le.AppendUint32(b, 2*samples)
	for i := range samples {
		at := float64(i) / rate
		loud := 0.05 * (1.5 + math.Sin(2*math.Pi*3*at))
		b = le.AppendUint16(b, uint16(int16(32767*loud*math.Sin(2*math.Pi*180*at))))
	}
	return b
}
