package app

import (
	"strings"
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// Hit is a message in which a search found what it looked for.
type Hit struct {
	Message sipclient.Message // the body cut around the first mark, with "…" where something was cut off
	Marks   [][2]int          // from and to in Message.Body.Raw() in bytes, rising, where the words stand
}

// Found is what a search has come to so far.
type Found struct {
	Query     string
	Peer      contacts.Address // "" for all conversations
	Hits      []Hit            // newest first
	Stale     bool             // Hits are of the query before this one; they stand until its own are there
	More      bool             // there are older ones: SearchOn
	Searching bool
	Trouble   text.Safe // why there are no hits, or not all of them
}

// hitPage is how many hits are asked for at once, mostHits how many are kept: nobody reads further, a longer
// query finds it sooner.
const (
	hitPage  = 50
	mostHits = 2000
)

// search is the search of the moment.
type search struct {
	found  Found
	number int // of the newest question
}

// Search looks for messages that have all words of the query, with one person or ("") with all, instead of
// what was searched before. The query is plain text. Letters are equal whatever their case and their marks, the last
// word may be the beginning of one. An empty query ends the search.
func (s *State) Search(now time.Time, query string, peer contacts.Address) []Effect {
	if s.search.found.Query == query && s.search.found.Peer == peer && s.search.found.Trouble == "" {
		return nil
	}
	s.search.number++
	before := s.search.found
	s.search.found = Found{Query: query, Peer: peer}
	if strings.TrimSpace(query) != "" {
		s.search.found.Searching = true
		if before.Peer == peer {
			s.search.found.Hits, s.search.found.Stale = before.Hits, len(before.Hits) > 0
		}
		s.do(SearchHistory{Query: query, Peer: peer, Limit: hitPage, Number: s.search.number})
	}
	s.changed()
	return s.flush()
}

// SearchOn asks for the hits that are older than those there are.
func (s *State) SearchOn(now time.Time) []Effect {
	f := &s.search.found
	if f.Searching || !f.More || len(f.Hits) == 0 {
		return nil
	}
	f.Searching = true
	s.search.number++
	s.do(SearchHistory{Query: f.Query, Peer: f.Peer, Before: f.Hits[len(f.Hits)-1].Message.Seq, Limit: hitPage, Number: s.search.number})
	s.changed()
	return s.flush()
}

// Found returns what the search has come to.
func (s *State) Found() Found { return s.search.found }

// sentenceOf makes a sentence of an error.
func sentenceOf(err error) text.Safe { return text.Sentence(text.From(err.Error()).Line()) }

func (s *State) hitsFound(r HitsFound) {
	if r.Number != s.search.number {
		return // of an earlier question
	}
	f := &s.search.found
	f.Searching = false
	if f.Stale {
		f.Hits, f.Stale = nil, false
	}
	s.changed()
	if r.Err != nil {
		f.More, f.Trouble = false, sentenceOf(r.Err)
		return
	}
	f.Hits = append(f.Hits[:len(f.Hits):len(f.Hits)], r.Hits...)
	f.More = r.More && len(f.Hits) < mostHits
	f.Trouble = ""
	if r.Partial {
		f.Trouble = "Some messages are still being prepared for searching."
	}
}
