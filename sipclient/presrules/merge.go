package presrules

import (
	"bytes"
	"errors"
	"maps"
	"strings"

	"golync/sipclient/xmldoc"
)

// limits of a document: some thousands of people, most of them named in two rules.
var limits = xmldoc.Limits{Bytes: 1 << 20, Depth: 32, Elements: 50_000}

// ErrNotRules says that a document is well-formed XML but no presence authorization document.
var ErrNotRules = errors.New("not a presence authorization document")

// Merge replaces golync's rules in a document as it was read from the server, and keeps every other byte,
// but for white space in front of the rules replaced. In golync's rules it keeps the people of whom r says
// nothing, as Rules.Undecided explains. An empty document is built anew. A document that cannot
// be read is an error and is not touched: it may hold what another program meant.
//
// golync's rules come first, because Kamailio lets the first rule that fits decide, and stops with an error
// at a rule that it cannot read.
func Merge(existing []byte, r Rules) ([]byte, error) {
	if len(bytes.TrimSpace(existing)) == 0 {
		return Build(r), nil
	}
	root, err := parseRoot(existing)
	if err != nil {
		return nil, err
	}
	r.People = everybody(root, r)
	var out bytes.Buffer
	if root.Inner == root.End {
		// A self-closing root has no inside to write into: open it.
		tag := existing[root.Start:root.End]
		name := tag[1 : 1+bytes.IndexAny(tag[1:], " \t\r\n/>")]
		out.Write(existing[:root.Start])
		out.Write(bytes.TrimSuffix(tag, []byte("/>")))
		out.WriteString(">" + ownRules(r) + "\n</" + string(name) + ">")
		out.Write(existing[root.End:])
		return out.Bytes(), nil
	}
	out.Write(existing[:root.Inner])
	out.WriteString(ownRules(r))
	from := root.Inner
	for _, e := range root.Children {
		if own(e) {
			out.Write(bytes.TrimRight(existing[from:e.Start], " \t\r\n"))
			from = e.End
		}
	}
	out.Write(existing[from:])
	return out.Bytes(), nil
}

// everybody returns the people of r, and those of golync's rules in the document of whom r says nothing.
func everybody(root *xmldoc.Element, r Rules) map[string]Level {
	said := make(map[string]bool, len(r.People)+len(r.Undecided))
	for uri := range r.People {
		said[canonical(uri)] = true
	}
	for _, uri := range r.Undecided {
		said[canonical(uri)] = true
	}
	people := make(map[string]Level, len(r.People))
	maps.Copy(people, r.People)
	for uri, level := range read(root).Rules().People {
		if !said[canonical(uri)] {
			people[uri] = level
		}
	}
	return people
}

// own reports whether a rule is golync's.
func own(rule *xmldoc.Element) bool {
	return rule.Is(nsPolicy, "rule") && strings.HasPrefix(rule.Get("", "id"), ownPrefix)
}

func parseRoot(data []byte) (*xmldoc.Element, error) {
	root, err := xmldoc.Parse(data, limits)
	if err != nil {
		return nil, err
	}
	if !root.Is(nsPolicy, "ruleset") {
		return nil, ErrNotRules
	}
	return root, nil
}
