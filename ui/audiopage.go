package ui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
)

const audioTitle text.Safe = "Audio Device"

// listPatience is how long the system may take to list its devices.
const listPatience = 5 * time.Second

// audioPage is Options ▸ Audio Device: with what the user hears and speaks, tried out while the page is open.
type audioPage struct {
	m       *model
	source  devicePick
	sink    devicePick
	test    *pushButton
	listed  bool      // the devices have been asked for
	trouble text.Safe // why there are none
}

// devicePick is the choice of one device: the names that the options take, beside their labels.
type devicePick struct {
	*dropDown
	names []string
}

func newAudioPage(m *model) *audioPage {
	o := m.state.Options().Audio
	p := &audioPage{m: m, source: newDevicePick("microphone", o.Source), sink: newDevicePick("loudspeaker", o.Sink)}
	p.test = &pushButton{label: "Play a Test Sound", press: m.trial.playOrStop, why: func() text.Safe {
		if m.deps.TrySound == nil {
			return "there is no sound in this window"
		}
		return ""
	}}
	return p
}

// list asks once for the devices there are, when the page is on the screen: that may take a moment.
func (p *audioPage) list() {
	m := p.m
	if p.listed {
		return
	}
	p.listed = true
	if m.deps.SoundDevices == nil {
		p.trouble = "No devices are known to this window."
		return
	}
	m.start(func() tea.Msg {
		ctx, cancel := context.WithTimeout(m.ctx, listPatience)
		defer cancel()
		found := m.deps.SoundDevices(ctx)
		return laterMsg{func() { p.take(found) }}
	})
}

// newDevicePick knows only what has been chosen, before the devices there are have been listed.
func newDevicePick(kind text.Safe, chosen string) devicePick {
	d := devicePick{dropDown: &dropDown{}, names: []string{"", option.AudioNone}}
	d.options = []text.Safe{"The " + kind + " of the system", "None"}
	d.choosing(chosen)
	return d
}

// choosing chooses a device by its name; one that is not there now is kept all the same.
func (d *devicePick) choosing(name string) {
	i := slices.Index(d.names, name)
	if i < 0 {
		i = len(d.names)
		d.names = append(d.names, name)
		d.options = append(d.options, text.From(name).Line()+" (not there now)")
	}
	d.chosen = i
}

// name is the one that is chosen.
func (d *devicePick) name() string { return d.names[d.chosen] }

// found puts the devices that there are between the system's and None, and keeps the choice.
func (d *devicePick) found(devices []app.SoundDevice) {
	chosen := d.name()
	d.names, d.options = d.names[:1:1], d.options[:1:1]
	for _, device := range devices {
		label := device.Label.Line()
		if label == "" {
			label = text.From(device.Name).Line()
		}
		d.names, d.options = append(d.names, device.Name), append(d.options, label)
	}
	d.names, d.options = append(d.names, option.AudioNone), append(d.options, "None")
	d.choosing(chosen)
	d.lit, d.top = d.chosen, 0
}

// take takes the list of devices.
func (p *audioPage) take(found app.SoundDevices) {
	p.source.found(found.Sources)
	p.sink.found(found.Sinks)
	if found.Err != nil {
		p.trouble = text.From(found.Err.Error()).Line()
	}
}

func (p *audioPage) title() text.Safe { return audioTitle }

func (p *audioPage) parts() []part {
	return []part{
		heading("Microphone"), p.source.dropDown,
		levelPart{p},
		gap(),
		heading("Loudspeaker or headset"), p.sink.dropDown, p.test,
		caption{say: p.troubled, look: func(t *theme) style { return t.trouble }},
		hint(3, func() text.Safe {
			return "Without a headset the others may hear themselves: use one, or the microphone of your system that cancels echo, when the list has one."
		}),
	}
}

// troubled says why there is no sound.
func (p *audioPage) troubled() text.Safe {
	words := p.trouble
	if why := p.m.trial.trouble; why != "" {
		words = why
	}
	if words == "" {
		return ""
	}
	return "Error: " + words
}

func (p *audioPage) save(set *option.Set) {
	set.Audio = option.Audio{Source: p.source.name(), Sink: p.sink.name()}
}

// levelPart is the level of the microphone, which moves while the page is open.
type levelPart struct{ p *audioPage }

func (levelPart) rows(*canvas, int) int { return 1 }

func (l levelPart) draw(d drawing, area rect) *tea.Cursor {
	p := d.c.pen(area, 0)
	p.put(on(d.t.panel, d.t.dim), "Level ")
	level, ok := l.p.m.trial.level()
	if !ok {
		p.put(on(d.t.panel, d.t.dim), meterBar(0))
		return nil
	}
	p.put(on(d.t.panel, d.t.accent), meterBar(level.Out))
	return nil
}
