package internal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What a page points to is there: pictures, other pages, and source files.
func TestPagesPointToWhatIsThere(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	link, found := regexp.MustCompile(`\]\(([^)#]+)[^)]*\)`), 0
	for _, page := range append(pages, "../README.md") {
		for _, m := range link.FindAllStringSubmatch(read(t, page), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			found++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s points to %s: %v", page, m[1], err)
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d links were found", found)
	}
}

// The faults that docs/skype.md names are the doctor's.
func TestTheSkypePageNamesTheDoctorsFaults(t *testing.T) {
	named, doctors := 0, read(t, "../docs/doctor.md")
	_, table, _ := strings.Cut(read(t, "../docs/skype.md"), "| what you see | why | what to do | fault |")
	table, _, _ = strings.Cut(table, "\n\n")
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSuffix(strings.TrimSpace(line), "|"), "|")
		for fault := range strings.SplitSeq(cells[len(cells)-1], ",") {
			if fault = strings.TrimSpace(fault); fault == "" || strings.HasPrefix(fault, "---") {
				continue
			}
			named++
			if !strings.Contains(doctors, "| "+fault+" |") {
				t.Errorf("the doctor knows no %q", fault)
			}
		}
	}
	if named < 5 {
		t.Errorf("only %d faults were found", named)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
