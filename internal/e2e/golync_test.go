package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golync/internal/shot"
)

// binary is the program under test, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "golync-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "golync")
	build := exec.Command("go", "build", "-o", binary, "golync")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// window is golync as one person sees it.
type window struct {
	*shot.Terminal
	t     *testing.T
	trace string // file with the SIP messages of this window
}

// home is where one person's files are; several windows of one test may share it. A test that has a home
// of its own runs beside the others: most of its time it waits for people.
func home(t *testing.T) string {
	t.Helper()
	t.Parallel()
	return t.TempDir()
}

// environment keeps the program away from the real home, and from everything the developer has set.
func environment(home string) []string {
	return []string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "TZ=UTC",
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "XDG_DATA_HOME=" + filepath.Join(home, "data"),
		"XDG_STATE_HOME=" + filepath.Join(home, "state"), "XDG_RUNTIME_DIR=" + filepath.Join(home, "run"),
	}
}

// start opens golync at a size.
func start(t *testing.T, home string, cols, rows int, args ...string) *window {
	t.Helper()
	w := &window{t: t, trace: filepath.Join(home, fmt.Sprintf("trace-%d", time.Now().UnixNano()))}
	args = append(args, "--trace-sip", w.trace)
	term, err := shot.Start(shot.Options{Cols: cols, Rows: rows, Env: environment(home), Dark: true}, binary, args...)
	if err != nil {
		t.Fatal(err)
	}
	w.Terminal = term
	t.Cleanup(term.Close)
	return w
}

// demo opens golync demo with its data in home.
func demo(t *testing.T, home string, args ...string) *window {
	t.Helper()
	return start(t, home, 120, 40, append([]string{"demo"}, args...)...)
}

func (w *window) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// sees waits until every text stands on the screen at once.
func (w *window) sees(texts ...string) shot.Screen {
	w.t.Helper()
	s, err := w.Until(fmt.Sprintf("%q", texts), func(s shot.Screen) bool {
		for _, text := range texts {
			if !s.Has(text) {
				return false
			}
		}
		return true
	})
	w.must(err)
	return s
}

// loses waits until a text is gone.
func (w *window) loses(text string) {
	w.t.Helper()
	_, err := w.Gone(text)
	w.must(err)
}

func (w *window) press(keys ...string) {
	w.t.Helper()
	w.must(w.Press(keys...))
}

func (w *window) types(text string) {
	w.t.Helper()
	w.must(w.Type(text))
}

func (w *window) clicks(text string) {
	w.t.Helper()
	w.must(w.ClickOn(text))
}

func (w *window) rightClicks(text string) {
	w.t.Helper()
	w.must(w.RightClickOn(text))
}

// insists types or presses something until it has been taken: the window is deaf for a moment after
// something has come up by itself, so that keys meant for elsewhere do no harm there.
func (w *window) insists(do func(), until func(shot.Screen) bool) {
	w.t.Helper()
	for deadline := time.Now().Add(shot.Patience); !until(w.Screen()); {
		if time.Now().After(deadline) {
			w.t.Fatalf("keys are not taken; the screen:\n%s", w.Screen().Text())
		}
		do()
		time.Sleep(100 * time.Millisecond)
	}
}

// list is the column where the Lync window ends at 120 columns, and the conversation begins.
const list = 56

// row waits until text stands in the list, and returns where. Toasts and conversations do not count.
func (w *window) row(text string) (x, y int) {
	w.t.Helper()
	_, err := w.Until(fmt.Sprintf("a row with %q", text), func(s shot.Screen) bool {
		for y = range s.Cells {
			line := []rune(s.Line(y))
			if i := strings.Index(string(line[:min(len(line), list)]), text); i >= 0 {
				x = len([]rune(string(line[:min(len(line), list)])[:i]))
				return true
			}
		}
		return false
	})
	w.must(err)
	return x, y
}

// picks clicks on a row of the list.
func (w *window) picks(text string) {
	w.t.Helper()
	x, y := w.row(text)
	w.must(w.Click(x, y))
}

// quits leaves golync as a person does, and checks that it ends well.
func (w *window) quits() {
	w.t.Helper()
	w.press("ctrl+q")
	code, err := w.Wait(shot.Patience)
	w.must(err)
	if code != 0 {
		w.t.Fatalf("golync ended with %d; its last screen:\n%s", code, w.Screen().Text())
	}
}

// wire waits until the trace of this window holds a message that matches the expression ("." also
// matches line ends), and returns it.
func (w *window) wire(expr string) string {
	w.t.Helper()
	re := regexp.MustCompile("(?s)" + expr)
	deadline := time.Now().Add(shot.Patience)
	for {
		data, _ := os.ReadFile(w.trace)
		if m := re.FindString(string(data)); m != "" {
			return m
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("nothing on the wire matches %s; its first lines:\n%s", expr, firstLines(string(data)))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// firstLines are the request and status lines of a trace, to read a failure by.
func firstLines(trace string) string {
	var out []string
	for line := range strings.Lines(trace) {
		if strings.Contains(line, "SIP/2.0") && !strings.HasPrefix(line, "Via") {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return strings.Join(out, "\n")
}
