package winfo

import (
	"slices"
	"testing"
)

func watching(id string, s Status) Watcher {
	return Watcher{ID: id, URI: "sip:" + id + "@contoso.com", Status: s}
}

func ids(t *Table) []string {
	var all []string
	for _, w := range t.Watchers() {
		all = append(all, w.ID+" "+w.Status.String())
	}
	return all
}

func TestDocumentsAreFoldedByVersion(t *testing.T) {
	type step struct {
		d    Document
		want Outcome
		then []string
	}
	full := func(v uint32, w ...Watcher) Document { return Document{Version: v, Full: true, Watchers: w} }
	part := func(v uint32, w ...Watcher) Document { return Document{Version: v, Watchers: w} }
	a, b, c := watching("a", Active), watching("b", Pending), watching("c", Pending)
	for name, steps := range map[string][]step{
		"one after the other": {
			{full(0, a), Applied, []string{"a active"}},
			{part(1, b), Applied, []string{"a active", "b pending"}},
			{part(2, watching("b", Active)), Applied, []string{"a active", "b active"}},
		},
		"full state replaces": {
			{full(7, a, b), Applied, []string{"a active", "b pending"}},
			{full(9, c), Applied, []string{"c pending"}},
		},
		"a missed one is a gap, and is still taken": {
			{full(0, a), Applied, []string{"a active"}},
			{part(2, b), Gap, []string{"a active", "b pending"}},
			{part(3, c), Applied, []string{"a active", "b pending", "c pending"}},
		},
		"older and repeated ones are dropped": {
			{full(5, a), Applied, []string{"a active"}},
			{full(5, b), Stale, []string{"a active"}},
			{part(4, b), Stale, []string{"a active"}},
			{full(4, b), Stale, []string{"a active"}},
		},
		"partial state first": {{part(0, a), Gap, []string{"a active"}}},
		"who ended is gone": {
			{full(0, a, b, c), Applied, []string{"a active", "b pending", "c pending"}},
			{part(1, watching("a", Terminated), watching("x", Terminated)), Applied, []string{"b pending", "c pending"}},
			{part(2, a), Applied, []string{"b pending", "c pending", "a active"}},
		},
		"ended and back in one document": {
			{full(0, a, b), Applied, []string{"a active", "b pending"}},
			{part(1, watching("a", Terminated), a), Applied, []string{"a active", "b pending"}},
		},
		"the last version of all": {
			{full(1<<32-1, a), Applied, []string{"a active"}},
			{part(0, b), Stale, []string{"a active"}},
		},
	} {
		var table Table
		for i, s := range steps {
			if got := table.Take(s.d); got != s.want {
				t.Errorf("%s, step %d: outcome %d, want %d", name, i, got, s.want)
			}
			if got := ids(&table); !slices.Equal(got, s.then) {
				t.Errorf("%s, step %d: %v, want %v", name, i, got, s.then)
			}
		}
	}
}

func TestANewSubscriptionCountsAnew(t *testing.T) {
	var table Table
	table.Take(Document{Version: 40, Full: true, Watchers: []Watcher{watching("a", Active)}})
	table.Reset()
	if got := table.Take(Document{Version: 0, Full: true}); got != Applied || len(table.Watchers()) != 0 {
		t.Errorf("outcome %d, %v", got, ids(&table))
	}
}

func TestWatchersBelongToTheCaller(t *testing.T) {
	var table Table
	table.Take(Document{Full: true, Watchers: []Watcher{watching("a", Active)}})
	table.Watchers()[0] = watching("z", Pending)
	if got := ids(&table); !slices.Equal(got, []string{"a active"}) {
		t.Error(got)
	}
}
