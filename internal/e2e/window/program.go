package window

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"golync/internal/shot"
)

// Program is the path of golync, built.
type Program string

// windows is how many tests run beside each other: they wait for people most of their time.
const windows = "6"

// Run builds golync, puts its path into p, and runs the tests of a package: it is all of a TestMain.
func Run(m *testing.M, p *Program) (code int) {
	dir, err := os.MkdirTemp("", "golync-window-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	built, err := shot.Build(dir, "golync")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := flag.Set("test.parallel", windows); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	*p = Program(built)
	return m.Run()
}
