package policy

import "strings"

// place is one table of a file: the n-th of its name.
type place struct {
	table string
	n     int
}

// lines knows where tables and their keys stand. The decoder tells it only for its own errors, and has lost it
// for lists of tables; a policy's values never reach over a line, so that reading the file's lines is enough.
type lines struct {
	tables map[place]int
	keys   map[place]map[string]int
}

func linesOf(content string) lines {
	l := lines{map[place]int{}, map[place]map[string]int{}}
	here, count := place{}, map[string]int{}
	for i, line := range strings.Split(content, "\n") {
		line = strings.TrimSpace(line)
		if list, ok := strings.CutPrefix(line, "[["); ok {
			name, _, _ := strings.Cut(list, "]")
			name = bare(name)
			here = place{name, count[name]}
			count[name]++
			l.note(here, "", i+1)
			continue
		}
		if table, ok := strings.CutPrefix(line, "["); ok {
			name, _, _ := strings.Cut(table, "]")
			here = place{bare(name), 0}
			l.note(here, "", i+1)
			continue
		}
		key, _, ok := strings.Cut(line, "=")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if first, rest, dotted := strings.Cut(key, "."); dotted && here.table == "" {
			l.note(place{bare(first), 0}, bare(rest), i+1)
		}
		l.note(here, bare(key), i+1)
	}
	return l
}

// unclosed is the line of a mistake: the decoder misses the bracket of a table only behind the line that lacks it.
func unclosed(content string, line int) int {
	all := strings.Split(content, "\n")
	for before := line - 1; before >= 1 && before <= len(all); before-- {
		switch text := strings.TrimSpace(all[before-1]); {
		case strings.HasPrefix(text, "[") && !strings.Contains(text, "]"):
			return before
		case text != "":
			return line
		}
	}
	return line
}

// bare is a key as it is compared.
func bare(key string) string { return strings.ToLower(strings.Trim(key, " \t\"'")) }

func (l lines) note(at place, key string, line int) {
	if key == "" {
		l.tables[at] = line
		return
	}
	if l.keys[at] == nil {
		l.keys[at] = map[string]int{}
	}
	if l.keys[at][key] == 0 {
		l.keys[at][key] = line
	}
}

// of is the line of a key in a table, else of the table, else of the key that has the table's name, as inline
// tables have it; 1 when nothing is known.
func (l lines) of(at place, key string) int {
	at.table = bare(at.table)
	for _, line := range []int{l.keys[at][bare(key)], l.tables[at], l.keys[place{}][at.table]} {
		if line > 0 {
			return line
		}
	}
	first := 1
	for here, keys := range l.keys {
		for _, line := range keys {
			if here.table == at.table && (first == 1 || line < first) {
				first = line
			}
		}
	}
	return first
}
