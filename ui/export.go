package ui

import (
	"path/filepath"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// exportDialog asks how and where to save one conversation, or all of them.
type exportDialog struct {
	m      *model
	peer   contacts.Address // "" means all
	form   form
	format *radio // in the order of exportFormats
	path   *entry
	missed bool // OK was pressed with no path
}

// exportFormats are the choices of the dialog, with what their file names end in.
var exportFormats = [...]struct {
	format app.ExportFormat
	label  text.Safe
	ending string
}{
	{app.ExportText, "Text, to be read", ".txt"},
	{app.ExportJSON, "JSON, for other programs", ".json"},
}

// openExport opens the dialog that saves the conversation with a person; "" saves all conversations.
func openExport(m *model, peer contacts.Address) { openExportAs(m, peer, app.ExportText) }

// openExportAs is openExport with a format chosen.
func openExportAs(m *model, peer contacts.Address, format app.ExportFormat) {
	d := &exportDialog{m: m, peer: peer, format: &radio{}, path: &entry{field{limit: maxPath}}}
	for i, f := range exportFormats {
		d.format.options = append(d.format.options, f.label)
		if f.format == format {
			d.format.chosen = i
		}
	}
	d.path.set(d.proposal())
	d.form.parts = []part{
		label("Format"), d.format, gap(),
		label("Save as"), d.path,
		hint(2, d.says),
	}
	d.form.buttons = []formButton{{"OK", d.accept}, {"Cancel", func() { m.close(d) }}}
	d.form.focusOn(d.path)
	m.open(d)
}

// maxPath is the longest path that can be typed, in bytes; Linux takes no longer one.
const maxPath = 4095

// homeSign is how the home directory is written in paths.
const homeSign = "~"

// proposal is a good name in the home directory.
func (d *exportDialog) proposal() string {
	name := "Conversations"
	if d.peer != "" {
		name = "Conversation with " + fileName(string(d.m.nameOf(d.peer)))
	}
	name += " " + d.m.now().In(d.m.zone()).Format("2006-01-02") + exportFormats[d.format.chosen].ending
	if d.m.deps.Home == "" {
		return name
	}
	return filepath.Join(homeSign, name)
}

// maxFileName is how much of a person's name a file name takes, in characters: a name in any script then
// leaves room below the 255 bytes that file systems take.
const maxFileName = 40

// fileName is what of a person's name can stand in the name of a file on any system.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(" -_@.", r) {
			return r
		}
		return -1
	}, name)
	if runes := []rune(name); len(runes) > maxFileName {
		name = string(runes[:maxFileName])
	}
	if name = strings.Trim(name, " ."); name == "" {
		return "somebody"
	}
	return name
}

// follow gives the name of the file the ending of the format that is chosen, as long as it has the other's.
func (d *exportDialog) follow() {
	path := d.path.value()
	for i, f := range exportFormats {
		if before, ok := strings.CutSuffix(path, f.ending); ok && i != d.format.chosen {
			d.path.set(before + exportFormats[d.format.chosen].ending)
			return
		}
	}
}

// target is where the file goes: relative paths and ~ begin in the home directory.
func (d *exportDialog) target() string {
	path, home := strings.TrimSpace(d.path.value()), d.m.deps.Home
	if path == "" || home == "" {
		return path
	}
	if rest, ok := strings.CutPrefix(path, homeSign); ok && (rest == "" || rest[0] == filepath.Separator) {
		return filepath.Join(home, rest)
	}
	if !filepath.IsAbs(path) {
		return filepath.Join(home, path)
	}
	return filepath.Clean(path)
}

// says is what is going to be saved, or what is missing.
func (d *exportDialog) says() text.Safe {
	switch {
	case d.missed && d.target() == "":
		return "Error: type the name of a file."
	case d.peer == "":
		return "Every conversation there was, message by message."
	}
	return "Everything that you and " + d.m.nameOf(d.peer) + " have said, message by message."
}

func (d *exportDialog) accept() {
	d.follow()
	if d.target() == "" {
		d.missed = true
		d.form.focusOn(d.path)
		return
	}
	m := d.m
	m.close(d)
	m.do(m.state.Export(m.now(), d.peer, exportFormats[d.format.chosen].format, d.target()))
}

func (*exportDialog) light() bool { return false }

func (*exportDialog) keys() []scope { return []scope{formKeys} }

func (d *exportDialog) place(within rect) rect {
	return placeForm(within, d.m.canvas, &d.form, wizardWidth)
}

// draw lets the name follow the format first: a click changes that behind the dialog's back.
func (d *exportDialog) draw(c *canvas, area rect) *tea.Cursor {
	d.follow()
	title := text.Safe("Save conversation as…")
	if d.peer == "" {
		title = "Save all conversations…"
	}
	inside := drawPanel(c, d.m.theme, area, title, formHints(&d.form)...)
	return d.form.draw(c, d.m.theme, inside)
}

func (d *exportDialog) key(k tea.KeyPressMsg) bool { return d.form.key(k) }

func (d *exportDialog) paste(s string) { d.form.paste(strings.TrimSpace(s)) }
