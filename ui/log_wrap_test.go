package ui

import (
	"slices"
	"strings"
	"testing"

	"golync/internal/text"
)

func TestWrapBreaksWhereAReaderWould(t *testing.T) {
	for _, tc := range []struct {
		name  string
		in    text.Safe
		width int
		want  []text.Safe
	}{
		{"empty", "", 10, []text.Safe{""}},
		{"fits", "at ten", 6, []text.Safe{"at ten"}},
		{"at a blank", "at ten o'clock", 8, []text.Safe{"at ten", "o'clock"}},
		{"several blanks go with the break", "at ten    o'clock", 8, []text.Safe{"at ten", "o'clock"}},
		{"blanks over the edge", "at ten   ", 6, []text.Safe{"at ten"}},
		{"indent stays", "  at ten sharp", 9, []text.Safe{"  at ten", "sharp"}},
		{"nothing but blanks", "     ", 3, []text.Safe{"   ", "  "}},
		{"long word", "abcdefghij", 4, []text.Safe{"abcd", "efgh", "ij"}},
		{"long word after a short one", "a bcdefghij", 4, []text.Safe{"a", "bcde", "fghi", "j"}},
		{"wide characters break anywhere", "日本語日本語", 5, []text.Safe{"日本", "語日", "本語"}},
		{"wide after narrow", "ab 日本語", 5, []text.Safe{"ab 日", "本語"}},
		{"a wide character never hangs over", "a日本", 4, []text.Safe{"a日", "本"}},
		{"combining marks stay on their letter", "e\u0301e\u0301e\u0301", 2, []text.Safe{"e\u0301e\u0301", "e\u0301"}},
		{"an emoji family is one", "👨‍👩‍👧👨‍👩‍👧", 3, []text.Safe{"👨‍👩‍👧", "👨‍👩‍👧"}},
		{"right-to-left keeps its order", "שלום עולם", 5, []text.Safe{"שלום", "עולם"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := wrap(tc.in, tc.width); !slices.Equal(got, tc.want) {
				t.Errorf("wrap(%q, %d) = %q, want %q", tc.in, tc.width, got, tc.want)
			}
		})
	}
}

func FuzzWrapLosesNothingAndNeverOverflows(f *testing.F) {
	f.Add("Are you coming on Thursday?", 7)
	f.Add("日本語 e\u0301\u0301 👨‍👩‍👧 שלום", 5)
	f.Add(strings.Repeat("ab ", 50), 2)
	f.Fuzz(func(t *testing.T, raw string, width int) {
		width = 2 + (width&0x7fff)%100
		for _, line := range text.From(raw).Lines() {
			var kept strings.Builder
			for _, piece := range wrap(line, width) {
				if cellsOf(piece) > width {
					t.Fatalf("%q takes more than %d cells", piece, width)
				}
				kept.WriteString(strings.ReplaceAll(string(piece), " ", ""))
			}
			if want := strings.ReplaceAll(string(line), " ", ""); kept.String() != want {
				t.Fatalf("wrapping %q kept %q", line, kept.String())
			}
		}
	})
}
