package xmldoc

import (
	"errors"
	"io"
	"strings"
)

// errCharset says that a document is written in a character set that cannot be read here.
var errCharset = errors.New("only UTF-8 and what ASCII has of other character sets can be read")

// charset lets a document pass that declares another character set than UTF-8, as Asterisk's do with
// ISO-8859-1, as long as it has only characters that both have. Nothing is translated, so that the places of
// elements stay those in the bytes as they came.
func charset(name string, input io.Reader) (io.Reader, error) {
	name = strings.ToLower(name)
	for _, begins := range []string{"iso-8859-", "us-ascii", "windows-125"} {
		if strings.HasPrefix(name, begins) {
			return plain{input}, nil
		}
	}
	return nil, errCharset
}

// plain reads ASCII.
type plain struct{ from io.Reader }

func (p plain) Read(b []byte) (int, error) {
	n, err := p.from.Read(b)
	for i, c := range b[:n] {
		if c >= 0x80 {
			return i, errCharset
		}
	}
	return n, err
}
