package winfo

// Table is what a subscriber knows of its watchers: the documents of one subscription, folded (RFC 3858
// section 4). The zero Table is that of a new subscription. It is not safe for use by several goroutines.
type Table struct {
	known   bool // a document has been taken
	version uint32
	order   []string // ids, in the order of their first appearance
	byID    map[string]Watcher
}

// Outcome says what became of a document.
type Outcome uint8

// The outcomes of Table.Take.
const (
	Applied Outcome = iota
	// Gap means applied, but something before it was missed: the subscriber refreshes its subscription,
	// which brings full state.
	Gap
	// Stale means dropped: the document is not newer than what is known. A full one may come again under the
	// same version, which changes nothing.
	Stale
)

// Take folds one document into the table.
func (t *Table) Take(d Document) Outcome {
	if t.known && d.Version <= t.version {
		return Stale
	}
	out := Applied
	if !d.Full && (!t.known || d.Version != t.version+1) {
		out = Gap
	}
	if d.Full || t.byID == nil {
		t.order, t.byID = nil, make(map[string]Watcher, len(d.Watchers))
	}
	t.known, t.version = true, d.Version
	gone := false
	for _, w := range d.Watchers {
		gone = t.put(w) || gone
	}
	if gone {
		t.sweep()
	}
	return out
}

// put keeps a watcher, or forgets one that ended (RFC 3858 section 4), and reports the latter.
func (t *Table) put(w Watcher) (gone bool) {
	_, there := t.byID[w.ID]
	switch {
	case w.Status == Terminated:
		delete(t.byID, w.ID)
		return there
	case there:
		t.byID[w.ID] = w
	case len(t.order) < MaxWatchers:
		t.byID[w.ID] = w
		t.order = append(t.order, w.ID)
	}
	return false
}

// sweep takes the ids out of the order that are no longer there. A watcher that ended and came back within
// one document stands in the order twice; the first place counts.
func (t *Table) sweep() {
	seen := make(map[string]bool, len(t.order))
	kept := t.order[:0]
	for _, id := range t.order {
		if _, there := t.byID[id]; there && !seen[id] {
			seen[id] = true
			kept = append(kept, id)
		}
	}
	t.order = kept
}

// Watchers returns everybody in the table in the order of first appearance. The caller owns the slice.
func (t *Table) Watchers() []Watcher {
	all := make([]Watcher, 0, len(t.order))
	for _, id := range t.order {
		all = append(all, t.byID[id])
	}
	return all
}

// Reset forgets everything, for a new subscription, whose versions begin anew.
func (t *Table) Reset() { *t = Table{} }
