package ui

// The Skype palettes have Skype's blue for an accent, #00AFF0, which on a light ground is darkened until it can
// be read. They keep the same contrast as Lync's. What means something is drawn in the same colours, so that a
// state looks the same on both sides.
var (
	skypeDark = palette{
		dim: 0xa3adb5, line: 0x4a545c, accent: 0x00aff0, selected: 0x0d3347, resting: 0x29323a, field: 0x232b31, panel: 0x1f262b,
		trouble: 0xff8f86, available: 0x7fce4b, busy: 0xff8080, away: 0xf3c64a, offline: 0xa3adb5,
		onAccent: 0x06202c, onPaper: 0xf2f6f8, ground: 0x14191d,
	}
	skypeLight = palette{
		dim: 0x56616a, line: 0xbfcad1, accent: 0x00638c, selected: 0xc9ecfb, resting: 0xe6edf1, field: 0xeef3f6, panel: 0xf4f8fa,
		trouble: 0xa80f1c, available: 0x23690d, busy: 0xb10e1e, away: 0x735100, offline: 0x56616a,
		onAccent: 0xffffff, onPaper: 0x14191d, ground: 0xffffff,
	}
)
