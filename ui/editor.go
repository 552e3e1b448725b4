package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/internal/text"
	"golync/sipclient"
)

// editor is where a message is written: several lines, wrapped, with the terminal's own cursor. Enter
// sends; a pasted newline never does.
type editor struct {
	textBuffer
	width, height int
	topRow        int // first row shown
	goal          int // column that up and down try to keep, -1 when not moving
	notice        text.Safe
	rows          []editorRow
	laidOut       laidOut
}

// laidOut is what rows were made from.
type laidOut struct{ edits, width int }

// editorRow is one row of the editor: bytes from..to of a line, of which those up to next are passed over.
type editorRow struct{ line, from, to, next int }

// editorDeed is what a key did to the editor.
type editorDeed uint8

const (
	editorIgnored editorDeed = iota // not a key of the editor
	editorMoved                     // the cursor or the text changed
	editorSend                      // the message is to be sent
)

// newEditor makes an empty editor that takes no more than a message may hold.
func newEditor() *editor {
	return &editor{textBuffer: textBuffer{limit: sipclient.MaxBody}, goal: -1, height: 1}
}

// takes reports whether the editor wants a key that means something else when nothing is written.
func (e *editor) takes(k tea.KeyPressMsg) bool { return k.String() == "ctrl+w" && !e.empty() }

// key does what a key means in the editor.
func (e *editor) key(k tea.KeyPressMsg) editorDeed {
	name := k.String()
	if name == "enter" {
		return editorSend
	}
	if name == "up" || name == "down" {
		return e.vertical(name == "up")
	}
	e.goal = -1
	if name == "end" && e.empty() {
		return editorIgnored // nowhere to go in here
	}
	switch name {
	case "alt+enter", "ctrl+j", "shift+enter":
		e.write("\n")
		return editorMoved
	}
	if editKey(&e.textBuffer, name) {
		e.notice = ""
		return editorMoved
	}
	if k.Text == "" || k.Mod&(tea.ModCtrl|tea.ModAlt) != 0 {
		return editorIgnored
	}
	e.write(k.Text)
	return editorMoved
}

// editKey does the editing keys that one line and several have in common, and reports whether name is one.
func editKey(b *textBuffer, name string) bool {
	switch name {
	case "left":
		b.left()
	case "right":
		b.right()
	case "ctrl+left", "alt+left", "alt+b":
		b.wordLeft()
	case "ctrl+right", "alt+right", "alt+f":
		b.wordRight()
	case "home", "ctrl+a":
		b.home()
	case "end", "ctrl+e":
		b.end()
	case "ctrl+home":
		b.top()
	case "ctrl+end":
		b.bottom()
	case "backspace", "ctrl+h", "shift+backspace":
		b.remove(b.left)
	case "delete", "ctrl+d":
		b.remove(b.right)
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		b.remove(b.wordLeft)
	case "alt+d", "ctrl+delete":
		b.remove(b.wordRight)
	case "ctrl+u":
		b.remove(b.home)
	case "ctrl+k":
		b.remove(b.end)
	default:
		return false
	}
	return true
}

// paste inserts a text that may have several lines.
func (e *editor) paste(s string) {
	e.goal = -1
	before := e.size
	e.write(s)
	switch {
	case e.notice != "" && strings.Contains(s, "\n"):
		e.notice = tooLong + " Nothing was inserted of these " + text.Int(strings.Count(s, "\n")+1) + " lines, " + kib(len(s)) + "."
	case e.notice != "":
		e.notice = tooLong + " Nothing was inserted of these " + kib(len(s)) + "."
	case s != "" && e.size == before:
		e.notice = "What was pasted has nothing that could be seen."
	}
}

// tooLong says how long a message may be: sipclient.MaxBody.
const tooLong text.Safe = "Too long: a message holds at most 64 KiB."

func (e *editor) write(s string) {
	e.notice = ""
	if !e.insert(s) {
		e.notice = tooLong
	}
}

// vertical moves the cursor a row up or down. At the first or last row the key is not the editor's.
func (e *editor) vertical(up bool) editorDeed {
	e.layout()
	row, col := e.cursor()
	if e.goal < 0 {
		e.goal = col
	}
	if up {
		row--
	} else {
		row++
	}
	if row < 0 || row >= len(e.rows) {
		return editorIgnored
	}
	e.put(row, e.goal)
	return editorMoved
}

// put sets the cursor into a row, at the column nearest to col.
func (e *editor) put(row, col int) {
	e.layout()
	r := e.rows[min(max(row, 0), len(e.rows)-1)]
	e.line, e.at = r.line, r.from
	line := e.lines[r.line]
	for e.at < r.to {
		c, w := nextCluster(line[e.at:])
		if col < w || e.at+len(c) >= r.next && r.next < len(line) {
			return // the cell that was meant, or the last one before the text goes on below
		}
		e.at += len(c)
		col -= w
	}
}

// click sets the cursor to a cell of the editor's area.
func (e *editor) click(x, y int) {
	e.goal = -1
	e.put(e.topRow+y, x)
}

// resize tells the editor the cells it has.
func (e *editor) resize(width, height int) {
	e.width, e.height = max(width, 4), max(height, 1)
	e.layout()
	e.scrollToCursor()
}

// rowCount is how many rows the text would take in width cells.
func (e *editor) rowCount(width int) int {
	e.width = max(width, 4)
	e.layout()
	return len(e.rows)
}

// layout breaks the text into rows, unless nothing has changed. One cell is left free for the cursor.
func (e *editor) layout() {
	e.current()
	now := laidOut{e.edits, e.width}
	if now == e.laidOut && len(e.rows) > 0 {
		return
	}
	e.rows = e.rows[:0]
	for i, line := range e.lines {
		from := 0
		for {
			end, next := breakLine(line[from:], max(e.width-1, 2))
			e.rows = append(e.rows, editorRow{i, from, from + end, from + next})
			from += next
			if from >= len(line) {
				break
			}
		}
	}
	e.laidOut = now
}

// cursor is the row and the column of the cursor in the whole text.
func (e *editor) cursor() (row, col int) {
	e.layout()
	for i, r := range e.rows {
		last := i+1 == len(e.rows) || e.rows[i+1].line != r.line
		if r.line == e.line && e.at >= r.from && (e.at < r.next || last) {
			return i, min(cellsOf(e.lines[r.line][r.from:e.at]), e.width-1)
		}
	}
	return 0, 0
}

// scrollToCursor keeps the cursor on the screen, and no empty rows below the text.
func (e *editor) scrollToCursor() {
	row, _ := e.cursor()
	e.topRow = min(e.topRow, row, max(len(e.rows)-e.height, 0))
	e.topRow = max(e.topRow, row-e.height+1)
}

// row returns what stands in row y of the editor's area.
func (e *editor) row(y int) text.Safe {
	i := e.topRow + y
	if i < 0 || i >= len(e.rows) {
		return ""
	}
	r := e.rows[i]
	return e.lines[r.line][r.from:r.to]
}

// beforeCursor is what stands in the cursor's row in front of it. The column is for whoever draws to
// measure: terminals differ.
func (e *editor) beforeCursor() text.Safe {
	i, _ := e.cursor()
	r := e.rows[i]
	return e.lines[r.line][r.from:max(e.at, r.from)]
}
