// Package xmldoc reads an XML document of a peer into a small tree, within limits that are checked
// before and while it is decoded. The document packages of sipclient stand on it: encoding/xml alone
// bounds neither depth nor size (facts/reliability.md section 3.1), and it forgets where in the bytes an
// element stood, which presence rules need to be kept byte for byte.
//
// It is not a general XML library: no DTD, no processing instructions, no encodings but UTF-8, no writing
// except Escape.
package xmldoc

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Errors of Parse, for errors.Is. Malformed XML gives another error, whose text may quote the document
// and is therefore fit for a log that quotes, not for the screen.
var (
	ErrTooLong = errors.New("xml document is too long")
	ErrTooDeep = errors.New("xml document is nested too deeply")
	ErrTooMany = errors.New("xml document has too many elements")
	ErrEmpty   = errors.New("xml document is empty")
	ErrDTD     = errors.New("xml document has a document type declaration")
)

// Limits bound a document. All three are required; a zero refuses everything.
type Limits struct {
	Bytes    int // of the whole document
	Depth    int // of nesting; the root is at depth 1
	Elements int // in all
}

// Element is one element. Its name is resolved: Name.Space is the namespace URI, empty for none.
type Element struct {
	Name     xml.Name
	Attr     []xml.Attr
	Text     string // character data of this element itself, without that of its children
	Children []*Element

	// Where it stands in the document, in bytes: from '<' of the start tag up to, not including, the
	// byte after '>' of the end tag. Inner and InnerEnd frame the content between the tags; for a
	// self-closing tag both equal End.
	Start, Inner, InnerEnd, End int
}

// Parse reads the root element of data. What follows the root is not looked at: servers were seen to
// leave line ends and zero bytes there.
func Parse(data []byte, l Limits) (*Element, error) {
	if len(data) > l.Bytes {
		return nil, ErrTooLong
	}
	r := reader{dec: xml.NewDecoder(bytes.NewReader(data)), limits: l}
	r.dec.CharsetReader = charset
	for {
		start := int(r.dec.InputOffset())
		tok, err := r.dec.Token()
		if errors.Is(err, io.EOF) && len(r.open) == 0 {
			return nil, ErrEmpty
		}
		if err != nil {
			return nil, fmt.Errorf("xml: %w", err)
		}
		root, err := r.take(tok, start)
		if root != nil || err != nil {
			return root, err
		}
	}
}

// reader holds the elements whose end tag has not come yet, outermost first, each with its text so far:
// text may come in very many pieces, so that joining strings would take time in the square of its length.
type reader struct {
	dec    *xml.Decoder
	limits Limits
	open   []*Element
	text   [][]byte
	seen   int
}

// take adds one token to the tree and returns the root when its end tag has come.
func (r *reader) take(tok xml.Token, start int) (*Element, error) {
	switch t := tok.(type) {
	case xml.Directive:
		return nil, ErrDTD
	case xml.StartElement:
		return nil, r.begin(t, start)
	case xml.EndElement:
		top := len(r.open) - 1
		e := r.open[top]
		e.Text = string(r.text[top])
		e.InnerEnd, e.End = start, int(r.dec.InputOffset())
		r.open, r.text = r.open[:top], r.text[:top]
		if top == 0 {
			return e, nil
		}
	case xml.CharData:
		if top := len(r.open) - 1; top >= 0 {
			r.text[top] = append(r.text[top], t...)
		}
	}
	return nil, nil
}

func (r *reader) begin(t xml.StartElement, start int) error {
	if r.seen++; r.seen > r.limits.Elements {
		return ErrTooMany
	}
	if len(r.open) >= r.limits.Depth {
		return ErrTooDeep
	}
	e := &Element{Name: t.Name, Attr: t.Attr, Start: start, Inner: int(r.dec.InputOffset())}
	if len(r.open) > 0 {
		parent := r.open[len(r.open)-1]
		parent.Children = append(parent.Children, e)
	}
	r.open, r.text = append(r.open, e), append(r.text, nil)
	return nil
}

// Is reports whether e is the named element.
func (e *Element) Is(space, local string) bool {
	return e.Name.Local == local && e.Name.Space == space
}

// Child returns the first child of that name, or nil. It may be called on a nil element.
func (e *Element) Child(space, local string) *Element {
	if e == nil {
		return nil
	}
	for _, c := range e.Children {
		if c.Is(space, local) {
			return c
		}
	}
	return nil
}

// Get returns the value of an attribute, empty when it is absent. Attributes without a prefix have no
// namespace (Namespaces in XML, section 6.2).
func (e *Element) Get(space, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local && a.Name.Space == space {
			return a.Value
		}
	}
	return ""
}

// Trimmed returns the element's text without the white space around it, which writers add for looks. It
// may be called on a nil element and gives "" then.
func (e *Element) Trimmed() string {
	if e == nil {
		return ""
	}
	return strings.Trim(e.Text, " \t\r\n")
}

// Escape makes s fit for element content and attribute values. Characters that XML cannot carry become
// U+FFFD.
func Escape(s string) string {
	var b strings.Builder
	// A strings.Builder never fails.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}
