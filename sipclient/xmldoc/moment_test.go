package xmldoc

import (
	"testing"
	"time"
)

func TestMoments(t *testing.T) {
	for written, want := range map[string]time.Time{
		"2013-01-29T09:00:00Z":          time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC),
		"2013-01-29T10:00:00.999+01:00": time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC),
		"9999-12-31T23:59:59Z":          time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
		"9999-12-31T23:59:59-01:00":     {},
		"0000-12-31T23:59:59Z":          {},
		"2013-01-29T09:00:00":           {},
		"yesterday":                     {},
		"":                              {},
	} {
		if got := Moment(written); got != want {
			t.Errorf("%q is read as %v, want %v", written, got, want)
		}
	}
}
