package xmldoc

import (
	"errors"
	"strings"
	"testing"
)

var small = Limits{Bytes: 4 << 10, Depth: 8, Elements: 20}

func TestTreeKnowsWhereEachElementStands(t *testing.T) {
	const doc = `<?xml version="1.0"?>` + "\n" + `<a xmlns="urn:a" xmlns:b="urn:b"><!-- c --><b:x id="1">one<y/>two</b:x><z></z></a>` + "\x00 junk"
	root, err := Parse([]byte(doc), small)
	if err != nil {
		t.Fatal(err)
	}
	x := root.Child("urn:b", "x")
	if x == nil || x.Get("", "id") != "1" || x.Text != "onetwo" {
		t.Fatalf("x = %+v", x)
	}
	for _, c := range []struct {
		e            *Element
		whole, inner string
	}{
		{x, `<b:x id="1">one<y/>two</b:x>`, `one<y/>two`},
		{x.Child("urn:a", "y"), `<y/>`, ``},
		{root.Child("urn:a", "z"), `<z></z>`, ``},
	} {
		if got := doc[c.e.Start:c.e.End]; got != c.whole {
			t.Errorf("whole element is %q, want %q", got, c.whole)
		}
		if got := doc[c.e.Inner:c.e.InnerEnd]; got != c.inner {
			t.Errorf("inside is %q, want %q", got, c.inner)
		}
	}
	if !root.Is("urn:a", "a") || root.Child("urn:a", "x") != nil {
		t.Error("names are not compared with their namespace")
	}
}

func TestHostileDocumentsAreRefused(t *testing.T) {
	deep := strings.Repeat("<a>", 1_000_000)
	for name, c := range map[string]struct {
		doc  string
		l    Limits
		want error
	}{
		"too long":           {"<a>" + strings.Repeat(" ", 4096) + "</a>", small, ErrTooLong},
		"too deep":           {strings.Repeat("<a>", 9) + strings.Repeat("</a>", 9), small, ErrTooDeep},
		"a million deep":     {deep, Limits{8 << 20, 32, 1 << 30}, ErrTooDeep},
		"too many":           {"<a>" + strings.Repeat("<b/>", 20) + "</a>", small, ErrTooMany},
		"nothing":            {"", small, ErrEmpty},
		"only white space":   {" \r\n", small, ErrEmpty},
		"entity expansion":   {`<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, small, ErrDTD},
		"unknown entity":     {`<a>&x;</a>`, small, nil},
		"bad UTF-8":          {"<a>\xff</a>", small, nil},
		"control character":  {"<a>&#27;</a>", small, nil},
		"other encoding":     {`<?xml version="1.0" encoding="UTF-7"?><a/>`, small, nil},
		"never ends":         {"<a><b/>", small, nil},
		"ends what it isn't": {"<a></b>", small, nil},
	} {
		root, err := Parse([]byte(c.doc), c.l)
		if root != nil || err == nil || (c.want != nil && !errors.Is(err, c.want)) {
			t.Errorf("%s: got %v, %v", name, root, err)
		}
	}
}

func TestTextInManyPiecesIsJoinedOnce(t *testing.T) {
	const pieces = 200_000
	doc := "<a>" + strings.Repeat("x<!---->", pieces) + "</a>"
	allocated := testing.AllocsPerRun(1, func() {
		root, err := Parse([]byte(doc), Limits{Bytes: len(doc), Depth: 1, Elements: 1})
		if err != nil || len(root.Text) != pieces {
			t.Fatal(err)
		}
	})
	if allocated > 10*pieces {
		t.Errorf("%v allocations for %d pieces", allocated, pieces)
	}
}

func TestAbsentElementsReadAsEmpty(t *testing.T) {
	var none *Element
	if none.Child("", "x").Trimmed() != "" {
		t.Error("nil element has text")
	}
}

func TestEscapedTextComesBack(t *testing.T) {
	for _, s := range []string{"", "a<b>&\"'", "two\nlines\r\n\ttab", "\u009b\u202e", "你好 😀"} {
		root, err := Parse([]byte("<a t=\""+Escape(s)+"\">"+Escape(s)+"</a>"), small)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if root.Text != s || root.Get("", "t") != s {
			t.Errorf("%q came back as %q and %q", s, root.Text, root.Get("", "t"))
		}
	}
	if got := Escape("\x1b\xff"); got != "\uFFFD\uFFFD" {
		t.Errorf("what XML cannot carry became %q", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"<a/>", `<a b="c">d<e/></a>`, "<a><![CDATA[x]]></a>", "<a>&#x9b;</a>", "<!DOCTYPE a>", "\ufeff<a/>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		root, err := Parse(data, small)
		if err != nil {
			return
		}
		var walk func(e *Element, depth int)
		walk = func(e *Element, depth int) {
			if depth > small.Depth || e.Start >= e.Inner || e.Inner > e.InnerEnd || e.InnerEnd > e.End || e.End > len(data) {
				t.Fatalf("%+v in %d bytes at depth %d", e, len(data), depth)
			}
			if data[e.Start] != '<' || data[e.End-1] != '>' {
				t.Fatalf("element is not framed by its tags: %q", data[e.Start:e.End])
			}
			for _, c := range e.Children {
				walk(c, depth+1)
			}
		}
		walk(root, 1)
	})
}
