package ui

import (
	"context"
	"testing"
	"time"

	"golync/internal/app"
	"golync/internal/pump"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// BenchmarkPresenceFlood is 10,000 people changing their presence at once, from the queue to the last frame:
// as the window takes them, and as if each were a message of its own. Both figures are of the same run, so
// that their ratio says the same on every machine.
func BenchmarkPresenceFlood(b *testing.B) {
	const people, each = 10_000, 500 // one by one takes seconds, so that part is made smaller
	m := modelOf(crowd(people), 160, 50)
	var together, alone time.Duration
	for round := range b.N {
		together += taken(b, m, round, people)
		begin := time.Now()
		for i := range each {
			m.Update(inputsMsg{inputs: []app.Input{changed(i, round+1)}})
			m.View()
		}
		alone += time.Since(begin) * people / each
	}
	n := float64(b.N)
	b.ReportMetric(together.Seconds()*1000/n, "ms/10000-together")
	b.ReportMetric(alone.Seconds()*1000/n, "ms/10000-one-by-one")
	b.ReportMetric(alone.Seconds()/together.Seconds(), "times")
}

// taken is how long the window needs for n events that come as fast as the queue takes them.
func taken(b *testing.B, m *model, round, n int) time.Duration {
	about := func(in app.Input) (string, bool) {
		e, ok := in.Event.(sipclient.PresenceChanged)
		return e.URI, ok
	}
	q := pump.New(about, 10*time.Millisecond) // the pace of a session
	begin := time.Now()
	go func() {
		for i := range n {
			q.Put(changed(i, round))
		}
	}()
	for seen := 0; seen < n; {
		batch, err := q.Next(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		seen += len(batch)
		m.Update(inputsMsg{inputs: batch})
		m.View()
	}
	return time.Since(begin)
}

// changed is the i-th of the crowd being busy in one round and away in the next.
func changed(i, round int) app.Input {
	return app.Input{Event: sipclient.PresenceChanged{
		URI: string(one(i)), Watch: sipclient.WatchActive, Known: true,
		State: pidf.State{Open: true, Activity: []pidf.Activity{pidf.ActivityBusy, pidf.ActivityAway}[round%2]},
	}}
}
