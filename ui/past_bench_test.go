package ui

import (
	"fmt"
	"testing"
	"time"

	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// talkative is an account with n past conversations, every second one with a contact.
func talkative(n int) *app.State {
	s := crowd(n / 2)
	rows := make([]app.PastRow, n)
	for i := range rows {
		rows[i] = spoke(one(i), int64(i+1), i%3 == 0, "What was said last, at some length so that it is cut", time.Now().Add(-time.Duration(n-i)*time.Hour))
		rows[i].Last.Name = text.From(fmt.Sprintf("Stranger %05d", i))
	}
	s.Take(time.Now(), []app.Input{{Result: app.PastLoaded{Rows: rows, UpTo: int64(n)}}})
	return s
}

func pastModel(n int) *model {
	m := modelOf(talkative(n), 160, 50)
	m.Update(pressed("v"))
	m.View()
	return m
}

func BenchmarkKeyToFrameWith5000Conversations(b *testing.B) {
	m := pastModel(5000)
	keys := []string{"down", "down", "pgdown", "up"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Update(pressed(keys[i%len(keys)]))
		m.View()
	}
}

func BenchmarkMessageToFrameWith5000Conversations(b *testing.B) {
	m := pastModel(5000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		peer := one(i * 7 % 5000)
		m.Update(inputsMsg{inputs: events(arrives(peer, fmt.Sprint("m", i), "Hello", int64(6000+i), time.Now()))})
		m.View()
	}
}

func BenchmarkFindLetterWith5000Conversations(b *testing.B) {
	m := pastModel(5000)
	m.Update(pressed("/"))
	m.Update(pressed("z"))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Update(pressed([]string{"q", "backspace"}[i%2]))
		m.View()
	}
}

func BenchmarkSearchPageKeyToFrame(b *testing.B) {
	m := modelOf(world(), 160, 50)
	m.Update(pressed("f"))
	m.Update(pressed("w"))
	hits := make([]app.Hit, 2000)
	for i := range hits {
		hits[i] = app.Hit{
			Message: sipclient.Message{ID: fmt.Sprint(i), Seq: int64(9000 - i), Peer: string(dana), Body: text.From("some words around a word that was looked for, and more"), At: time.Now()},
			Marks:   [][2]int{{20, 24}},
		}
	}
	m.Update(inputsMsg{inputs: []app.Input{{Result: app.HitsFound{Number: 1, Hits: hits}}}})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Update(pressed([]string{"down", "pgdown", "up", "pgdown"}[i%4]))
		m.View()
	}
}

// The cost of a frame is that of what is in sight: a hundred times the conversations, the same frame.
func TestFrameCostDoesNotGrowWithTheConversations(t *testing.T) {
	cost := func(n int) float64 {
		m := pastModel(n)
		return testing.AllocsPerRun(50, func() {
			m.Update(pressed("down"))
			m.View()
			m.Update(pressed("up"))
			m.View()
		})
	}
	if few, many := cost(50), cost(5000); many > few*1.1+10 {
		t.Errorf("a frame costs %v allocations with 50 conversations and %v with 5,000", few, many)
	}
}
