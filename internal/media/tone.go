package media

import (
	"io"
	"math"
	"time"
)

// note is a piece of a melody: up to two tones together for a while. No tone is a rest.
type note struct {
	hz, with float64
	length   time.Duration
}

// tune is a Source that plays notes.
type tune struct {
	pace  *pace
	notes []note
	loop  bool
	loud  float64 // amplitude of each tone, full scale is 1
	at    int     // the note
	done  int     // samples of it that have been played
}

// Tone is a Source of one tone without end, with an amplitude of 0..1 of full scale.
func Tone(hz, amplitude float64) Source {
	return &tune{pace: newPace(), notes: []note{{hz: hz, length: math.MaxInt64}}, loud: amplitude}
}

// Melody is a Source that plays a short melody, about five seconds, once or again and again: for a test of the
// loudspeaker, and for the people of the demo, who have to be told from noise.
func Melody(loop bool) Source {
	const beat = 220 * time.Millisecond
	var notes []note
	for _, n := range melody {
		notes = append(notes, note{hz: n.hz, with: n.with, length: n.length * beat})
	}
	return &tune{pace: newPace(), notes: notes, loop: loop, loud: 0.2}
}

// melody in beats: an arpeggio up, a turn, and home.
var melody = [...]note{
	{523.25, 261.63, 1},
	{659.26, 0, 1},
	{783.99, 0, 1},
	{1046.5, 392.00, 2},
	{880.00, 349.23, 1},
	{783.99, 0, 1},
	{659.26, 329.63, 1},
	{698.46, 0, 1},
	{587.33, 293.66, 2},
	{659.26, 0, 1},
	{587.33, 246.94, 1},
	{493.88, 0, 1},
	{523.25, 261.63, 3},
	{0, 0, 4},
}

// Ringing is a Source of the sound of an incoming call, without end: two notes in turn, then a pause.
func Ringing() Source {
	var notes []note
	for range 4 {
		notes = append(notes, note{659.26, 0, 130 * time.Millisecond}, note{783.99, 0, 130 * time.Millisecond})
	}
	notes = append(notes, note{length: 2400 * time.Millisecond})
	return &tune{pace: newPace(), notes: notes, loop: true, loud: 0.25}
}

// Ringback is a Source of what a caller hears while it rings there (ITU-T E.180: 425 Hz, one second in five).
func Ringback() Source {
	return &tune{
		pace: newPace(), loop: true, loud: 0.15,
		notes: []note{{hz: 425, length: time.Second}, {length: 4 * time.Second}},
	}
}

func (t *tune) Read(frame []int16) error {
	if err := t.pace.wait(); err != nil {
		return err
	}
	if t.at == len(t.notes) {
		return io.EOF
	}
	for i := range frame {
		frame[i] = t.sample()
	}
	return nil
}

// sample plays on by one sample; after the last note there is silence.
func (t *tune) sample() int16 {
	if t.at == len(t.notes) {
		return 0
	}
	n := t.notes[t.at]
	length := int(n.length.Seconds() * Rate)
	at := float64(t.done) / Rate
	v := part(n.hz, at) + 0.5*part(n.with, at)
	v *= t.loud * edge(t.done, length)
	if t.done++; t.done >= length {
		t.at, t.done = t.at+1, 0
		if t.loop && t.at == len(t.notes) {
			t.at = 0
		}
	}
	return int16(math.Round(32767 * v))
}

func part(hz, at float64) float64 {
	if hz == 0 {
		return 0
	}
	return math.Sin(2 * math.Pi * hz * at)
}

// edge fades a note in and out within 10 ms, because what begins at once clicks.
func edge(done, length int) float64 {
	const fade = Rate / 100
	return min(1, float64(done)/fade, float64(length-done)/fade)
}

func (t *tune) Close() error {
	t.pace.close()
	return nil
}
