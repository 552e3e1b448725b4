package xmldoc

import "time"

// Moment reads a time of XML Schema (RFC 3339), in UTC and whole seconds. What is none is the zero time, as are
// years that four digits cannot write, into which a zone can carry a time: nobody could write them back.
func Moment(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	t = t.UTC().Truncate(time.Second)
	if t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}
