package ui

import (
	"math"

	"golync/internal/app"
	"golync/internal/text"
)

// meterCells is how wide a level is drawn.
const meterCells = 6

// meterBar draws a level from 0 to 1 as a bar. Speech is mostly far below the loudest sound there can be, so that
// each cell stands for 8 dB, as the ear has it: anything below -48 dB is silence.
func meterBar(level float64) text.Safe {
	cells := 0
	if level > 0 {
		cells = meterCells + int(math.Ceil(20*math.Log10(min(level, 1))/8))
	}
	cells = max(min(cells, meterCells), 0)
	bar := text.Safe("")
	for i := range meterCells {
		if i < cells {
			bar += "■"
		} else {
			bar += signDot
		}
	}
	return bar
}

// poor reports whether there is something to be said against how a call sounds.
func poor(q app.Quality) bool { return q == app.QualityPoor || q == app.QualityNoSound }
