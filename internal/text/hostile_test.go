package text

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// hostile is an entry of testdata/hostile-text.json, whose oracle is: what must be shown is there, and
// none of the byte strings that must never be emitted is.
type hostile struct {
	ID        string   `json:"id"`
	BytesHex  string   `json:"bytes_hex"`
	MustShow  []string `json:"must_show"`
	NeverHex  []string `json:"must_never_emit_hex"`
	ValidUTF8 bool     `json:"valid_utf8"`
}

func hostiles(t testing.TB) []hostile {
	t.Helper()
	raw, err := os.ReadFile("testdata/hostile-text.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Count   int       `json:"count"`
		Entries []hostile `json:"entries"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Entries) == 0 || len(file.Entries) != file.Count {
		t.Fatalf("%d entries, the file promises %d", len(file.Entries), file.Count)
	}
	return file.Entries
}

func unhex(t testing.TB, s string) string {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestHostileTextIsTamedAndStaysReadable(t *testing.T) {
	for _, h := range hostiles(t) {
		t.Run(h.ID, func(t *testing.T) {
			raw := unhex(t, h.BytesHex)
			p := From(raw)
			line := string(p.Line())
			body := make([]string, 0, 1)
			for _, l := range p.Lines() {
				body = append(body, string(l))
			}
			if p.Raw() != raw {
				t.Error("the stored bytes differ from those received")
			}
			for form, shown := range map[string]string{"line": line, "lines": strings.Join(body, "\n")} {
				for _, want := range h.MustShow {
					if cut := form == "line" && strings.HasSuffix(shown, "…"); cut && want != "BEGINx" {
						continue // a field that is cut needs to show its beginning only
					}
					if !strings.Contains(shown, want) {
						t.Errorf("%s: %q is not to be seen in %+.200q", form, want, shown)
					}
				}
				for _, never := range h.NeverHex {
					if strings.Contains(shown, unhex(t, never)) {
						t.Errorf("%s: the bytes %s are still there in %+.200q", form, never, shown)
					}
				}
			}
			checkLine(t, raw)
			checkLines(t, raw)
		})
	}
}

// checkLine says what holds for every line, whatever it was made of.
func checkLine(t testing.TB, raw string) {
	t.Helper()
	line := string(From(raw).Line())
	checkFit(t, raw, line, false)
	if strings.TrimSpace(line) != line || strings.Contains(line, "  ") {
		t.Errorf("Line of %+q has blanks at the ends or side by side: %+q", raw, line)
	}
	if again := string(From(line).Line()); again != line && !strings.HasSuffix(line, "…") {
		t.Errorf("Line of %+q is not settled: %+q, then %+q", raw, line, again)
	}
}

func checkLines(t testing.TB, raw string) {
	t.Helper()
	lines := From(raw).Lines()
	if len(lines) == 0 {
		t.Errorf("Lines of %+q are none", raw)
	}
	for _, l := range lines {
		checkFit(t, raw, string(l), true)
	}
}

// checkFit fails unless every character of shown may be written to a terminal.
func checkFit(t testing.TB, raw, shown string, body bool) {
	t.Helper()
	if !utf8.ValidString(shown) {
		t.Errorf("%+q became broken UTF-8: %+q", raw, shown)
	}
	marks := 0
	for i, r := range shown {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), unicode.Is(unicode.Co, r), r == 0x2028, r == 0x2029:
			t.Errorf("%+q kept %U", raw, r)
		case unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) &&
			!(body && (r == 0x200c || r == 0x200d)):
			t.Errorf("%+q kept the format character %U", raw, r)
		}
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) {
			marks = 0
			continue
		}
		if i == 0 {
			t.Errorf("%+q begins with a mark that would combine with what stands before it", raw)
		}
		if marks++; marks > maxMarks {
			t.Errorf("%+q kept %d marks in a row", raw, marks)
		}
	}
}

func FuzzLine(f *testing.F) {
	for _, h := range hostiles(f) {
		f.Add(unhex(f, h.BytesHex))
	}
	f.Add("👩\u200d❤\ufe0f\u200d👩 \u0301\u200c\t\r\n")
	f.Fuzz(func(t *testing.T, raw string) {
		checkLine(t, raw)
		checkLines(t, raw)
	})
}
