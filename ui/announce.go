package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
)

// outside is what reaches the user beyond the window: the bell, and notifications while the terminal is not
// looked at.
type outside struct {
	m    *model
	rang time.Time // the bell, last
	told time.Time // a notification, last
	held []toast   // for the next notification
}

// How often. A flood is put together: nobody reads a hundred notifications, and a bell is no siren.
const (
	bellEvery = time.Second
	tellEvery = 2 * time.Second
)

// announce lets an alert out, as far as the options and the user's own presence allow. What nobody decided to
// let near makes no sound outside.
func (o *outside) announce(a app.Alert) {
	m, now := o.m, o.m.now()
	if a.Silent {
		return
	}
	if m.state.Rings(a.What) && now.Sub(o.rang) >= bellEvery {
		o.rang = now
		m.start(tea.Raw("\a"))
	}
	if !m.away || !m.state.Options().Toasts.Desktop {
		return
	}
	o.held = put(o.held, toast{alert: a})
	if wait := tellEvery - now.Sub(o.told); wait > 0 {
		m.after(wait, o.tell)
		return
	}
	o.tell()
}

// back notes that the terminal is looked at again. Whoever presses a key is there, whatever became of the word
// that the focus came back: a multiplexer may have kept it to itself.
func (m *model) back() {
	if m.away {
		m.away = false
		m.toasts.back()
	}
}

// tell sends what has been held, unless the user has come back meanwhile.
func (o *outside) tell() {
	m, now := o.m, o.m.now()
	if !m.away {
		o.held = nil
	}
	if len(o.held) == 0 || now.Sub(o.told) < tellEvery {
		return
	}
	o.told = now
	for _, t := range o.held {
		key, head, body := keyOf(t.alert), m.toasts.headline(t.alert), m.toasts.body(t.alert)
		if m.deps.Desktop != nil && m.deps.Desktop.Show(key, head, body) {
			continue
		}
		if s := m.deps.Terminal.notification(key, head, body); s != "" {
			m.start(tea.Raw(s))
		}
	}
	o.held = nil
}

// The keys of notifications: what they are about, and whom.
const (
	aboutRequest = "request "
	aboutPerson  = "person "
)

// keyOf is the same for everything that one notification shows, one after the other.
func keyOf(a app.Alert) string {
	if a.What == alerts.Request {
		return aboutRequest + string(a.From)
	}
	return aboutPerson + string(a.From)
}

// openedMsg says that the user has clicked on a notification of the desktop.
type openedMsg struct{ key string }

// desktopClick waits for a click on a notification. There is never more than one of it.
func (m *model) desktopClick() tea.Msg {
	key, err := m.deps.Desktop.Opened(m.ctx)
	if err != nil {
		return nil
	}
	return openedMsg{key}
}

// openNotified goes to what a notification was about, as a click on its toast does.
func (m *model) openNotified(key string) {
	m.start(m.desktopClick)
	if from, ok := strings.CutPrefix(key, aboutRequest); ok {
		m.toasts.open(app.Alert{What: alerts.Request, From: contacts.Address(from)})
	} else if from, ok := strings.CutPrefix(key, aboutPerson); ok {
		m.toasts.open(app.Alert{What: alerts.Conversation, From: contacts.Address(from)})
	}
}
