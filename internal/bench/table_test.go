package bench

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// figure is one line of the table.
type figure struct {
	what   string
	got    float64
	unit   string
	budget float64 // 0 when the figure is for information
	least  bool    // the budget is a lower bound
}

// table is what has been measured so far.
type table struct{ figures []figure }

// most notes a figure that should not be above its budget.
func (t *table) most(b *testing.B, what string, got float64, unit string, budget float64) {
	t.note(b, figure{what: what, got: got, unit: unit, budget: budget})
}

// least notes a figure that should not be below its budget.
func (t *table) least(b *testing.B, what string, got float64, unit string, budget float64) {
	t.note(b, figure{what: what, got: got, unit: unit, budget: budget, least: true})
}

// known notes a figure that nobody has promised.
func (t *table) known(b *testing.B, what string, got float64, unit string) {
	t.note(b, figure{what: what, got: got, unit: unit})
}

func (t *table) note(b *testing.B, f figure) {
	b.Helper()
	b.ReportMetric(f.got, strings.NewReplacer(" ", "_", ",", "", "/", "_per_").Replace(f.what+" "+f.unit))
	t.figures = append(t.figures, f)
}

func (f figure) verdict() string {
	switch over := f.got > f.budget; {
	case f.budget == 0:
		return "-"
	case over == f.least:
		return "ok"
	default:
		return "NOT MET"
	}
}

func (f figure) bound() string {
	switch {
	case f.budget == 0:
		return ""
	case f.least:
		return fmt.Sprintf(">= %g %s", f.budget, f.unit)
	default:
		return fmt.Sprintf("<= %g %s", f.budget, f.unit)
	}
}

// print writes the table.
func (t *table) print(w io.Writer) {
	fmt.Fprintf(w, "\n%-58s %15s  %-16s %s\n", "figure", "measured", "budget", "verdict")
	for _, f := range t.figures {
		fmt.Fprintf(w, "%-58s %8.4g %-6s  %-16s %s\n", f.what, f.got, f.unit, f.bound(), f.verdict())
	}
	fmt.Fprintf(w, "%s\n\n", machine())
}

// machine says where and under which load the figures were measured.
func machine() string {
	load, _ := os.ReadFile("/proc/loadavg")
	info, _ := os.ReadFile("/proc/cpuinfo")
	model := "processor unknown"
	if _, rest, ok := bytes.Cut(info, []byte("model name\t: ")); ok {
		line, _, _ := bytes.Cut(rest, []byte("\n"))
		model = string(line)
	}
	return fmt.Sprintf("%s/%s, %s, %d cores, %s, load at the end %s", runtime.GOOS, runtime.GOARCH, runtime.Version(), runtime.NumCPU(), model, load)
}

// percentile returns the p-th of a hundred parts.
func percentile(d []time.Duration, p int) float64 {
	d = slices.Clone(d)
	slices.Sort(d)
	return millis(d[(len(d)*p+99)/100-1])
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func TestThePercentileIsTheSmallestThatSoManyDoNotExceed(t *testing.T) {
	var d []time.Duration
	for i := range 200 {
		d = append(d, time.Duration(200-i)*time.Millisecond)
	}
	for p, want := range map[int]float64{50: 100, 95: 190, 99: 198, 100: 200} {
		if got := percentile(d, p); got != want {
			t.Errorf("p%d: %v, want %v", p, got, want)
		}
	}
	if got := percentile(d[:1], 50); got != 200 {
		t.Errorf("of one: %v", got)
	}
}

func TestVerdicts(t *testing.T) {
	for f, want := range map[figure]string{
		{got: 5, budget: 6}: "ok", {got: 7, budget: 6}: "NOT MET", {got: 7}: "-",
		{got: 7, budget: 6, least: true}: "ok", {got: 5, budget: 6, least: true}: "NOT MET",
	} {
		if got := f.verdict(); got != want {
			t.Errorf("%+v: %q, want %q", f, got, want)
		}
	}
}
