package internal_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docs/lync.md says of each feature what became of it, and claims nothing that no test shows.
func TestTheTableOfLyncsFeaturesIsShownByTests(t *testing.T) {
	page, err := os.ReadFile("../docs/lync.md")
	if err != nil {
		t.Fatal(err)
	}
	tests, named := everyTest(t), regexp.MustCompile("`(Test\\w+)`")
	rows := 0
	for line := range strings.Lines(string(page)) {
		for _, test := range named.FindAllStringSubmatch(line, -1) {
			if !tests[test[1]] {
				t.Errorf("there is no %s, which is to show: %s", test[1], line)
			}
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "|") || len(cells) != 3 || strings.Contains(line, "|---|") || strings.Contains(line, "| shown by |") {
			continue
		}
		rows++
		said, shown := strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])
		as, better, out := strings.Contains(said, "as in Lync"), strings.Contains(said, "better"), strings.HasPrefix(said, "left out, because ")
		if !as && !better && !out {
			t.Errorf("what became of it is not said: %s", line)
		}
		if !out && !named.MatchString(shown) {
			t.Errorf("no test shows: %s", line)
		}
	}
	if rows < 50 {
		t.Errorf("only %d features were found", rows)
	}
}

// everyTest is the name of every test of golync.
func everyTest(t *testing.T) map[string]bool {
	t.Helper()
	declared, all := regexp.MustCompile(`(?m)^func (Test\w+)\(`), map[string]bool{}
	err := filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, test := range declared.FindAllStringSubmatch(string(source), -1) {
			all[test[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
