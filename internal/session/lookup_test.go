package session

import (
	"context"
	"errors"
	"testing"

	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

func TestWhatTheServerKnowsOfSomebodyComesAsAResult(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range []struct {
		found sipclient.Found
		err   error
		want  app.LookedUp
	}{
		{sipclient.Found{Address: string(dana), Name: text.From("Dana")}, nil, app.LookedUp{Name: text.From("Dana"), Found: true}},
		{sipclient.Found{}, sipclient.ErrNotFound, app.LookedUp{}},
		{sipclient.Found{}, sipclient.ErrNotAllowed, app.LookedUp{Err: sipclient.ErrNotAllowed}},
		{sipclient.Found{}, broken, app.LookedUp{Err: broken}},
	} {
		f := &fake{search: func(context.Context, string) (sipclient.Found, error) { return c.found, c.err }}
		b := start(t, f)
		b.Do([]app.Effect{app.LookUp{Address: dana, Number: 7}})
		c.want.Address, c.want.Number = dana, 7
		if got := result[app.LookedUp](b); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.err, got, c.want)
		}
	}
}

func TestALaterSearchEndsAnEarlierOne(t *testing.T) {
	begun := make(chan struct{})
	f := &fake{search: func(ctx context.Context, uri string) (sipclient.Found, error) {
		if uri == string(dana) {
			close(begun)
			<-ctx.Done()
			return sipclient.Found{}, ctx.Err()
		}
		return sipclient.Found{Address: uri}, nil
	}}
	b := start(t, f)
	b.Do([]app.Effect{app.LookUp{Address: dana, Number: 1}})
	<-begun
	b.Do([]app.Effect{app.LookUp{Address: eve, Number: 2}})
	got := map[int]app.LookedUp{}
	for range 2 {
		r := result[app.LookedUp](b)
		got[r.Number] = r
	}
	if !errors.Is(got[1].Err, context.Canceled) || !got[2].Found {
		t.Errorf("got %+v", got)
	}
}

func TestClosingDoesNotWaitForASearch(t *testing.T) {
	f := &fake{search: func(ctx context.Context, _ string) (sipclient.Found, error) {
		<-ctx.Done()
		return sipclient.Found{}, ctx.Err()
	}}
	b := start(t, f)
	b.Do([]app.Effect{app.LookUp{Address: dana}})
	if err := b.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}
