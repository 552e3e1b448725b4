package people

import (
	"context"
	"testing"
	"time"

	"golync/internal/lab"
)

func TestEverybodySignsIn(t *testing.T) {
	l, err := lab.Start(t.Context(), lab.Config{Users: Users()})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	p, err := Start(ctx, Config{Server: l.Addr("tls"), XCAP: l.XCAP(), CA: l.CA(), Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}
