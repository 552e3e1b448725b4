package session

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// format writes messages in their order.
type format interface {
	begin() error
	message(sipclient.Message) error
	end() error
}

func formatOf(f app.ExportFormat, w io.Writer, me app.Me) format {
	if f == app.ExportJSON {
		return &jsonFormat{w: w}
	}
	return &textFormat{w: w, me: me.Name.Line()}
}

// textFormat is for reading: a heading where the conversation changes, the time and the name before each
// message, its further lines under the first. Nothing in it can upset a terminal.
type textFormat struct {
	w    io.Writer
	me   text.Safe
	peer string
}

func (f *textFormat) begin() error { return nil }
func (f *textFormat) end() error   { return nil }

func (f *textFormat) message(m sipclient.Message) error {
	peer := text.From(contacts.Address(m.Peer).IM()).Line()
	if m.Peer != f.peer {
		blank := ""
		if f.peer != "" {
			blank = "\n"
		}
		f.peer = m.Peer
		if _, err := fmt.Fprintf(f.w, "%sConversation with %s\n\n", blank, peer); err != nil {
			return err
		}
	}
	who := f.me
	if !m.Outgoing {
		who = m.Name.Line()
		if who == "" {
			who = peer
		}
	}
	note := ""
	m.Waiting = m.Delivery == sipclient.Unsent // the disk does not know which of them is on its way just now
	if label := app.DeliveryLabel(m); label != "" && !m.Delivery.Arrived() {
		note = fmt.Sprintf(" (%s)", label)
	}
	if m.Important {
		note += " (high importance)"
	}
	if _, err := fmt.Fprintf(f.w, "%s  %s%s:\n", m.At.Local().Format(time.DateTime), who, note); err != nil {
		return err
	}
	for _, line := range m.Body.Lines() {
		if _, err := fmt.Fprintf(f.w, "    %s\n", line); err != nil {
			return err
		}
	}
	return nil
}

// jsonFormat is for programs: one array, with an object on a line of its own for each message. docs/export.md
// says what is in it.
type jsonFormat struct {
	w     io.Writer
	count int
}

// exported is one message.
type exported struct {
	Seq       int64  `json:"seq"`
	Time      string `json:"time"`
	Peer      string `json:"peer"`
	Direction string `json:"direction"`
	Name      string `json:"name,omitempty"`
	Body      string `json:"body"`
	Important bool   `json:"important,omitempty"`
	Delivery  string `json:"delivery,omitempty"`
	Code      int    `json:"code,omitempty"`
	Reason    string `json:"reason,omitempty"`
	ID        string `json:"id"`
}

// deliveries are the words for how far a message of the user's has come.
var deliveries = [...]string{
	sipclient.Unsent: "waiting", sipclient.Sent: "sent", sipclient.Stored: "stored", sipclient.Failed: "failed",
	sipclient.Unknown: "unknown", sipclient.Delivered: "delivered", sipclient.Read: "read",
}

func (f *jsonFormat) begin() error {
	_, err := io.WriteString(f.w, "[")
	return err
}

func (f *jsonFormat) end() error {
	_, err := io.WriteString(f.w, "\n]\n")
	return err
}

func (f *jsonFormat) message(m sipclient.Message) error {
	o := exported{
		Seq: m.Seq, Time: m.At.Format(time.RFC3339Nano), Peer: m.Peer, Direction: "received", Name: m.Name.Raw(), Body: m.Body.Raw(),
		Important: m.Important, Code: m.Code, Reason: m.Reason.Raw(), ID: m.ID,
	}
	if m.Outgoing {
		o.Direction, o.Delivery = "sent", deliveries[m.Delivery]
	}
	separator := ",\n"
	if f.count == 0 {
		separator = "\n"
	}
	f.count++
	if _, err := io.WriteString(f.w, separator); err != nil {
		return err
	}
	line, err := json.Marshal(o)
	if err == nil {
		_, err = f.w.Write(line)
	}
	return err
}
