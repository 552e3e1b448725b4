package ui

import (
	"strings"

	"golync/internal/option"
	"golync/internal/text"
)

const videoTitle text.Safe = "Video Device"

// videoPage is Options ▸ Video Device: what the user shows in a call when they turn their camera on.
type videoPage struct {
	m       *model
	what    devicePick
	file    *entry
	trouble text.Safe // why there can be no pictures at all
}

func newVideoPage(m *model) *videoPage {
	chosen := m.state.Options().Video.Camera
	path, film := strings.CutPrefix(chosen, option.VideoFile)
	if film {
		chosen = option.VideoFile
	}
	p := &videoPage{m: m, what: devicePick{dropDown: &dropDown{}}, file: &entry{field: field{placeholder: "/home/alice/film.mkv", limit: maxFileField}}}
	p.what.names = []string{"", option.VideoTest, option.VideoFile}
	p.what.options = []text.Safe{"None", "A test picture", "A film from a file"}
	p.trouble = m.noPictures()
	if m.deps.Cameras != nil {
		cameras, _ := m.deps.Cameras()
		for _, c := range cameras {
			label := c.Label.Line()
			if label == "" {
				label = "Camera"
			}
			p.what.names = append(p.what.names, c.Name)
			p.what.options = append(p.what.options, label+" ("+text.From(c.Name).Line()+")")
		}
	}
	p.what.choosing(chosen)
	if film {
		p.file.set(path)
	}
	return p
}

// maxFileField is how long the path of a film may be.
const maxFileField = 4096

func (p *videoPage) title() text.Safe { return videoTitle }

func (p *videoPage) parts() []part {
	return []part{
		heading("What I show in a call when I turn my camera on"), p.what.dropDown,
		gap(),
		label("The file, when it is a film"), p.file,
		caption{say: p.wrongFile, room: 1, look: func(t *theme) style { return t.trouble }},
		caption{say: p.troubled, look: func(t *theme) style { return t.trouble }},
		hint(3, func() text.Safe {
			return "Nobody sees you before you turn your camera on in a call, whoever calls whom. A film has no sound and begins anew at its end."
		}),
	}
}

// wrongFile says that a film is to be shown and none is named.
func (p *videoPage) wrongFile() text.Safe {
	if p.what.name() == option.VideoFile && strings.TrimSpace(p.file.value()) == "" {
		return "Error: no file is named."
	}
	return ""
}

// troubled says why there are no pictures at all.
func (p *videoPage) troubled() text.Safe {
	if p.trouble == "" {
		return ""
	}
	return "Error: " + p.trouble
}

// wrong is the first field with something that cannot be.
func (p *videoPage) wrong() control {
	if p.wrongFile() != "" {
		return p.file
	}
	return nil
}

func (p *videoPage) save(set *option.Set) {
	camera := p.what.name()
	if camera == option.VideoFile {
		camera += strings.TrimSpace(p.file.value())
	}
	set.Video = option.Video{Camera: camera}
}
