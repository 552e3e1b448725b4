package iscomposing

import (
	"strconv"
	"time"

	"golync/sipclient/xmldoc"
)

// Parse reads a notice of at most MaxSize bytes. A state that RFC 3994 does not know counts as idle; a
// missing one is ErrNotTyping. Optional elements that make no sense are taken as not there, unknown ones are
// ignored, and Refresh is brought within its bounds.
func Parse(data []byte) (Notice, error) {
	root, err := xmldoc.Parse(data, limits)
	if err != nil {
		return Notice{}, err
	}
	state := root.Child(namespace, "state")
	if !root.Is(namespace, "isComposing") || state == nil {
		return Notice{}, ErrNotTyping
	}
	return Notice{
		Active:      state.Trimmed() == "active",
		ContentType: contentType(root.Child(namespace, "contenttype").Trimmed()),
		Refresh:     refresh(root.Child(namespace, "refresh").Trimmed()),
		LastActive:  xmldoc.Moment(root.Child(namespace, "lastactive").Trimmed()),
	}, nil
}

func contentType(s string) string {
	if len(s) > 127 {
		return ""
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return ""
		}
	}
	return s
}

// refresh reads whole seconds. What is larger than a machine can count is a number all the same.
func refresh(s string) time.Duration {
	if s == "" {
		return 0
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
	}
	n, err := strconv.ParseInt(s, 10, 32)
	switch {
	case err != nil:
		return MaxRefresh
	case n == 0: // the schema wants a positive number
		return 0
	}
	return min(max(time.Duration(n)*time.Second, MinRefresh), MaxRefresh)
}
