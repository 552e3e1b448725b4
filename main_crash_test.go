package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/term"

	"golync/internal/shot"
)

// crashes tells this binary how to crash, in the directory crashDir.
const (
	crashes  = "GOLYNC_TEST_CRASH"
	crashDir = "GOLYNC_TEST_CRASH_DIR"
)

// crash takes the terminal as the window does and ends in one of the ways that leave no time to tidy up.
func crash(how string) {
	r := watchForCrashes(os.Getenv(crashDir))
	r.ready()
	stdin := int(os.Stdin.Fd())
	before, err := term.MakeRaw(stdin)
	if err != nil {
		fmt.Println(err)
	}
	tidy := func() { // as Bubble Tea does
		fmt.Print("\x1b[?2004l\x1b[?1002l\x1b[?25h\x1b[?1049l")
		_ = term.Restore(stdin, before)
	}
	fmt.Print("\x1b[?1049h\x1b[?25l\x1b[?1002h\x1b[?2004hthe window")
	switch how {
	case "goroutine":
		go panic("something broke beside the window")
		select {}
	case "kill":
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	case "window":
		r.write("something broke in the window", []byte("stack"))
		tidy()
		fmt.Printf("report %q\n", r.end())
	case "well":
		tidy()
		fmt.Printf("report %q\n", r.end())
	}
	os.Exit(0)
}

func TestACrashLeavesTheTerminalAndAReport(t *testing.T) {
	for _, c := range []struct {
		how, sees, report string
	}{
		{"goroutine", "golync ended unexpectedly", "something broke beside the window"},
		{"kill", "golync ended unexpectedly", ""},
		{"window", `report "/`, "something broke in the window"},
		{"well", `report ""`, "none"},
	} {
		t.Run(c.how, func(t *testing.T) {
			dir := t.TempDir()
			// A shell in between, as a user has one: the terminal outlives the program.
			term, err := shot.Start(shot.Options{Cols: 100, Rows: 30, Env: append(os.Environ(), crashes+"="+c.how, crashDir+"="+dir)},
				"/bin/sh", "-c", `"$0"; echo back; read -r line; echo "typed $line"`, os.Args[0])
			if err != nil {
				t.Fatal(err)
			}
			defer term.Close()
			if _, err := term.See(c.sees); err != nil {
				t.Fatal(err)
			}
			if err := term.Type("hello\r"); err != nil {
				t.Fatal(err)
			}
			s, err := term.See("typed hello")
			if err != nil {
				t.Fatal(err)
			}
			if s.Alt || s.CursorHidden {
				t.Errorf("alternate screen %t, cursor hidden %t", s.Alt, s.CursorHidden)
			}
			raw := string(term.Raw())
			for _, mode := range []string{"1002", "2004"} {
				if strings.LastIndex(raw, "\x1b[?"+mode+"h") > strings.LastIndex(raw, "\x1b[?"+mode+"l") {
					t.Errorf("mode %s is left on", mode)
				}
			}
			reports, _ := filepath.Glob(filepath.Join(dir, "crash-*.txt"))
			if c.report == "none" {
				if len(reports) != 0 {
					t.Errorf("a report without a crash: %v", reports)
				}
				return
			}
			if len(reports) != 1 {
				t.Fatalf("reports %v", reports)
			}
			content, err := os.ReadFile(reports[0])
			if err != nil || !strings.Contains(string(content), c.report) || !strings.HasPrefix(string(content), "golync ") {
				t.Errorf("the report says %q, %v", content, err)
			}
		})
	}
}
