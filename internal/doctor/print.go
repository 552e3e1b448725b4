package doctor

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/width"

	"golync/internal/text"
)

// The plain report: columns of the screen, of the names of the links, and of what stands before a line.
const (
	columns = 80
	indent  = 15
)

// WriteTo writes the report for people: plain lines of at most 80 columns.
func (r Report) WriteTo(out io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", strings.Join(wrap(r.title(), columns), "\n"))
	for _, f := range r.Findings {
		state := string(f.State)
		if f.Fault != "" {
			state = "FAULT " + string(f.Fault)
		}
		if f.because != "" {
			state += fmt.Sprintf(": %s comes first", f.because)
		}
		fmt.Fprintf(&b, "%-*s%s\n", indent, f.Link, state)
		list(&b, "tried", f.Tried)
		list(&b, "came", f.Came)
		list(&b, "do", f.Do)
	}
	fmt.Fprintf(&b, "\n%s\n", r.verdict())
	n, err := io.WriteString(out, b.String())
	return int64(n), err
}

// title says whose chain it is.
func (r Report) title() string {
	switch {
	case r.Account == "":
		return "The chain, as far as it goes without an account"
	case r.Address == "" || r.Address.Same(r.Account):
		return string(say("The chain of %s", r.Account.IM()))
	}
	return string(say("The chain between %s and %s", r.Account.IM(), r.Address.IM()))
}

// verdict is the last line.
func (r Report) verdict() string {
	faults := r.Faults()
	if len(faults) == 0 {
		return "No fault was found."
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s:", count(len(faults), "fault"))
	for _, f := range faults {
		b.WriteString(" " + string(f))
	}
	return strings.Join(wrap(b.String(), columns), "\n")
}

// list writes the lines of one kind; where one goes on it is set in.
func list(b *strings.Builder, kind string, lines []text.Safe) {
	for _, line := range lines {
		for i, part := range wrap(string(line), columns-indent) {
			if i > 0 {
				part = "  " + part
			}
			fmt.Fprintf(b, "  %-*s%s\n", indent-2, kind, part)
			kind = ""
		}
	}
}

// wrap breaks a line at blanks, and words that are too long behind a slash, or where they are. Lines after the
// first are two columns shorter, for their indent.
func wrap(line string, most int) []string {
	var lines []string
	current, used := "", 0
	end := func() {
		lines = append(lines, current)
		current, used = "", 0
		if len(lines) == 1 {
			most -= 2
		}
	}
	for word := range strings.FieldsSeq(line) {
		n := cells(word)
		if used > 0 && used+1+n > most {
			end()
		}
		if used > 0 {
			current, used = current+" ", used+1
		}
		for used+cells(word) > most {
			head := fitting(word, most-used)
			current, word = current+head, word[len(head):]
			end()
		}
		current, used = current+word, used+cells(word)
	}
	return append(lines, current)
}

// fitting is what of a word is written within so many columns.
func fitting(word string, columns int) string {
	end, used := 0, 0
	for i, c := range word {
		if used += cells(string(c)); used > columns {
			end = i
			break
		}
	}
	if slash := strings.LastIndexByte(word[:end], '/'); slash > 0 {
		return word[:slash+1]
	}
	return word[:end]
}

// cells is how many columns text takes at most: wide letters take two.
func cells(s string) int {
	n := 0
	for _, c := range s {
		switch width.LookupRune(c).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n++
		}
		n++
	}
	return n
}

// MarshalJSON writes the report for programs (docs/doctor.md).
func (r Report) MarshalJSON() ([]byte, error) {
	type link struct {
		Link  Link        `json:"link"`
		State State       `json:"state"`
		Fault Fault       `json:"fault,omitempty"`
		Tried []text.Safe `json:"tried"`
		Came  []text.Safe `json:"came"`
		Do    []text.Safe `json:"do"`
		After Link        `json:"after,omitempty"`
	}
	links := make([]link, len(r.Findings))
	some := func(lines []text.Safe) []text.Safe { return append([]text.Safe{}, lines...) }
	for i, f := range r.Findings {
		links[i] = link{f.Link, f.State, f.Fault, some(f.Tried), some(f.Came), some(f.Do), f.because}
	}
	return json.Marshal(struct {
		Format  int       `json:"format"`
		Account text.Safe `json:"account"`
		Address text.Safe `json:"address"`
		Well    bool      `json:"well"`
		Faults  []Fault   `json:"faults"`
		Links   []link    `json:"links"`
	}{
		1, say("%s", r.Account), say("%s", r.Address), r.Well(), append([]Fault{}, r.Faults()...), links,
	})
}
