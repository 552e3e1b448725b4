package nameaddr

import "strings"

// Quote escapes a display name for the inside of a quoted string (RFC 3261 section 25.1). sipgo writes it
// between quotes as it is, so an unescaped quote would end it and the rest would become header fields.
func Quote(name string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.ToValidUTF8(name, "\uFFFD"))
}

// Unquote undoes the escapes that sipgo leaves in a display name it has read.
func Unquote(name string) string {
	if strings.IndexByte(name, '\\') < 0 {
		return name
	}
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if name[i] == '\\' && i+1 < len(name) {
			i++
		}
		b.WriteByte(name[i])
	}
	return b.String()
}
