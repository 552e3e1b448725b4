package ui

import (
	"testing"
	"time"

	"golync/internal/app"
)

// A key in the Options dialog, which measures all its pages to keep its height.
func BenchmarkOptionsDraw(b *testing.B) {
	m := newModel(b.Context(), Deps{State: world(), Do: func([]app.Effect) {}, Now: time.Now})
	m.width, m.height = 140, 45
	openOptions(m, rect{})
	b.ReportAllocs()
	for b.Loop() {
		m.draw()
	}
}
