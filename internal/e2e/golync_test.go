package e2e

import (
	"os"
	"testing"

	"golync/internal/e2e/window"
)

// golync is the program under test.
var golync window.Program

func TestMain(m *testing.M) { os.Exit(window.Run(m, &golync)) }

// home is where one person's files are; several windows of one test may share it. A test that has a home
// of its own runs beside the others: most of its time it waits for people.
func home(t *testing.T) string {
	t.Helper()
	t.Parallel()
	return t.TempDir()
}

// demo opens golync demo with its data in home.
func demo(t *testing.T, home string, args ...string) *window.Window {
	t.Helper()
	return golync.Open(t, home, 120, 40, append([]string{"demo"}, args...)...)
}
