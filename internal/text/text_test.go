package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLine(t *testing.T) {
	for _, c := range []struct{ name, raw, want string }{
		{"nothing", "", ""},
		{"a name", "Cheri Serrano", "Cheri Serrano"},
		{"letters of all scripts", "Дана 漢字 تجربة Zoë", "Дана 漢字 تجربة Zoë"},
		{"blanks at the ends", "  Bob \t", "Bob"},
		{"blanks inside", "a \t\u00a0\u2003 b", "a b"},
		{"only blanks", " \u2800\u3164\u00a0", ""},
		{"line breaks", "one\r\ntwo\nthree\u2028four\u0085five", "one two three four five"},
		{"escape sequence", "a\x1b[2Jb", "a\uFFFD[2Jb"},
		{"a run of controls is marked once", "a\x07\x07\x07\x9b\x9bb", "a\uFFFDb"},
		{"C1 as UTF-8", "a\u009b2Jb", "a\uFFFD2Jb"},
		{"broken UTF-8", "a\xff\xfe\xedb", "a\uFFFDb"},
		{"DEL", "a\x7fb", "a\uFFFDb"},
		{"bidi controls", "\u202egnp.exe\u2067x\u2069", "gnp.exex"},
		{"zero width", "al\u200bi\u2060ce\ufeff", "alice"},
		{"joiner in a name", "👩\u200d👧", "👩👧"},
		{"soft hyphen", "a\u00adb", "ab"},
		{"tag characters", "x\U000E0041\U000E007Fy", "xy"},
		{"variation selectors", "❤\ufe0f", "❤"},
		{"accent in two characters", "e\u0301", "e\u0301"},
		{"a mark with nothing under it", "\u0301x", "\u25cc\u0301x"},
		{"a mark after a space", "a \u0301", "a \u25cc\u0301"},
		{"private use passes for no sign of ours", "\ue0b0 Available", "\uFFFD Available"},
		{"unassigned", "\U000E1000", "\uFFFD"},
		{"noncharacter", "a\ufdd0\U0010ffffb", "a\uFFFDb"},
		{"skin tone", "👍\U0001F3FD", "👍\U0001F3FD"},
		{"Arabic number sign", "\u0600\u0661", "\u0600\u0661"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := From(c.raw).Line(); string(got) != c.want {
				t.Errorf("Line of %+q is %+q, want %+q", c.raw, got, c.want)
			}
		})
	}
}

func TestLineIsCutWhereNoRowIsWideEnough(t *testing.T) {
	got := string(From(strings.Repeat("x", 70_000)).Line())
	if n := utf8.RuneCountInString(got); n != maxLine+1 || !strings.HasSuffix(got, "x…") {
		t.Errorf("%d characters, ending %q", n, got[len(got)-4:])
	}
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		want      []Safe
	}{
		{"nothing", "", []Safe{""}},
		{"one line", "Yes,  at ten.", []Safe{"Yes,  at ten."}},
		{"every kind of line break", "a\nb\r\nc\rd\u2028e\u2029f\u0085g\vh\fi", []Safe{"a", "b", "c", "d", "e", "f", "g", "h", "i"}},
		{"empty lines stay", "a\n\n\nb\n", []Safe{"a", "", "", "b", ""}},
		{"indentation stays", "if x {\n\ty()\n    z()\n}", []Safe{"if x {", "    y()", "    z()", "}"}},
		{"tabs go to their stops", "a\tb\tabcd\te", []Safe{"a   b   abcd    e"}},
		{"tab stops begin anew on each line", "abc\n\tx", []Safe{"abc", "    x"}},
		{"family", "👩\u200d👩\u200d👧", []Safe{"👩\u200d👩\u200d👧"}},
		{"heart on fire with its selector", "❤\ufe0f\u200d🔥", []Safe{"❤\u200d🔥"}},
		{"joiner between letters hides nothing", "pay\u200dpal", []Safe{"paypal"}},
		{"joiner at the ends", "\u200d👩\u200d", []Safe{"👩"}},
		{"two joiners are one", "👩\u200d\u200d👧", []Safe{"👩\u200d👧"}},
		{"Persian non-joiner", "می\u200cخواهم", []Safe{"می\u200cخواهم"}},
		{"Devanagari joiner", "क्\u200dष", []Safe{"क्\u200dष"}},
		{"control characters", "a\x1b]0;x\x07b", []Safe{"a\uFFFD]0;x\uFFFDb"}},
		{"ideographic space is kept", "漢\u3000字", []Safe{"漢\u3000字"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := From(c.raw).Lines(); !slices.Equal(got, c.want) {
				t.Errorf("Lines of %+q are %+q, want %+q", c.raw, got, c.want)
			}
		})
	}
}

func TestCombiningMarksAreBounded(t *testing.T) {
	for _, m := range []string{"\u0301", "\u20dd", "\u0903", "\u11ff", "\ud7c6", "\U0001F3FD"} {
		for _, base := range []string{"e", "", "漢"} {
			line := string(From(base + strings.Repeat(m, 10_000)).Line())
			if n := strings.Count(line, m); n != maxMarks {
				t.Errorf("%+q on %+q: %d marks are left, want %d", m, base, n, maxMarks)
			}
		}
	}
}

func TestJoinedEmojiAreBounded(t *testing.T) {
	line := string(From(strings.Repeat("👩\u200d", 1000) + "👩").Lines()[0])
	longest := 0
	for part := range strings.SplitSeq(line, "👩👩") {
		longest = max(longest, strings.Count(part, "\u200d"))
	}
	if longest > maxJoins {
		t.Errorf("%d joiners in one cluster, want at most %d", longest, maxJoins)
	}
}

func TestRawKeepsEveryByte(t *testing.T) {
	const raw = "\x1b[2J\xff\u202e\x00"
	p := From(raw)
	if p.Raw() != raw || p.Empty() || !From("").Empty() || p != From(raw) {
		t.Errorf("From(%+q) does not keep what it was given", raw)
	}
}

func TestIntAndJoin(t *testing.T) {
	if got := Int(-42); got != "-42" {
		t.Errorf("Int(-42) = %q", got)
	}
	for _, c := range []struct {
		parts []Safe
		want  Safe
	}{
		{nil, ""},
		{[]Safe{"Favorites"}, "Favorites"},
		{[]Safe{"a", "", "b"}, "a, , b"},
	} {
		if got := Join(c.parts, ", "); got != c.want {
			t.Errorf("Join(%q) = %q, want %q", c.parts, got, c.want)
		}
	}
}

func TestOrdinaryNamesCostNoAllocation(t *testing.T) {
	p := From("Cheri Serrano")
	if n := testing.AllocsPerRun(100, func() { _ = p.Line() }); n != 0 {
		t.Errorf("Line allocates %.0f times for a plain name", n)
	}
}

func BenchmarkLine(b *testing.B) {
	for _, c := range []struct{ name, raw string }{
		{"ASCII name", "Cheri Serrano"},
		{"name with accents", "Zoë Müller"},
		{"CJK note", strings.Repeat("漢字かな", 10)},
		{"zalgo", "e" + strings.Repeat("\u0301", 10_000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := From(c.raw)
			b.ReportAllocs()
			for b.Loop() {
				_ = p.Line()
			}
		})
	}
}

func BenchmarkLines(b *testing.B) {
	for _, c := range []struct{ name, raw string }{
		{"ASCII sentence", "Are you coming on Thursday?"},
		{"64 kB of lines", strings.Repeat("a line of a message\n", 3277)},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := From(c.raw)
			b.ReportAllocs()
			for b.Loop() {
				_ = p.Lines()
			}
		})
	}
}
