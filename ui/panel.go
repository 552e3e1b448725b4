package ui

import "golync/internal/text"

// drawPanel draws the frame of a dialog, its title in the upper edge and what can be pressed in the lower
// one, and returns the inside.
func drawPanel(c *canvas, t *theme, area rect, title text.Safe, hints ...text.Safe) rect {
	inside := c.box(area, on(t.panel, t.line), on(t.panel, t.text))
	if area.Dx() < 8 {
		return inside
	}
	room := area.Dx() - 4
	c.print(area.Min.X+2, area.Min.Y, room, on(t.panel, t.strong), " "+title+" ")
	foot, _ := cutBottom(area, 1)
	foot.Min.X, foot.Max.X = foot.Min.X+2, foot.Max.X-2
	c.drawDialogHints(foot, on(t.panel, t.dim), hints)
	inside.Min.X, inside.Max.X = inside.Min.X+1, inside.Max.X-1
	return inside
}

// What drawPanel takes from a dialog, in columns and rows.
const (
	panelColumns = 4
	panelRows    = 2
)

// wizardWidth is the widest that the wizard and the dialogs like it grow, in columns.
const wizardWidth = 64

// placeForm is the place of a dialog that is one form: in the middle of the window, no wider than widest and
// as high as its parts need.
func placeForm(within rect, c *canvas, f *form, widest int) rect {
	width := min(within.Dx()-2, widest)
	return centred(within, width, panelHeight(within, f.height(c, width-panelColumns)))
}

// panelHeight is the height of a dialog whose inside would like so many rows, with air where there is room.
func panelHeight(within rect, rows int) int {
	rows += panelRows
	if rows+airRows < within.Dy() {
		rows += airRows
	}
	return rows
}
