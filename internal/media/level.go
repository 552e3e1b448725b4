package media

import "math"

// Level is how loud sound is: the root of the mean square of the samples, 0 for silence. 1 is a square wave at full
// scale; a tone at full scale is 0.71.
type Level float64

// DBFS is the level in decibels below a full-scale square wave: 0 is the loudest, -96 silence.
func (l Level) DBFS() float64 {
	return max(-96, 20*math.Log10(float64(l)))
}

// Meter is the level as an ear has it and a bar shows it: 0 at -60 dB and below, 1 at 0 dB.
func (l Level) Meter() float64 {
	return min(max(1+l.DBFS()/60, 0), 1)
}

// LevelOf measures a piece of sound.
func LevelOf(pcm []int16) Level {
	if len(pcm) == 0 {
		return 0
	}
	var sum float64
	for _, s := range pcm {
		sum += float64(s) * float64(s)
	}
	return Level(math.Sqrt(sum/float64(len(pcm))) / 32768)
}

// meter follows a level as a needle does: up at once, down by 2 dB a frame, so that who looks ten times a
// second sees every word.
type meter struct{ level Level }

func (m *meter) hear(pcm []int16) {
	m.level = max(LevelOf(pcm), m.level*0.8)
	if m.level < 1e-5 {
		m.level = 0
	}
}
