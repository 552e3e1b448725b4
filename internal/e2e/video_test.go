package e2e

import (
	"image/color"
	"os"
	"os/exec"
	"testing"

	"golync/internal/shot"
)

// needFFmpeg skips a test of pictures where none can be decoded, and says so.
func needFFmpeg(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err == nil {
		return
	}
	if os.Getenv("GOLYNC_PEERS") == "1" {
		t.Fatal("no ffmpeg on this machine: make peers installs it")
	}
	t.Skip("no ffmpeg on this machine: pictures are not looked at")
}

// vivid counts the half blocks on a screen, and those of a strong colour: moving colours have many.
func vivid(s shot.Screen) (halves, strong int) {
	for _, row := range s.Cells {
		for _, c := range row {
			if c.Content != "▀" {
				continue
			}
			halves++
			if isStrong(c.Style.Fg) {
				strong++
			}
		}
	}
	return halves, strong
}

func isStrong(c color.Color) bool {
	if c == nil {
		return false
	}
	r, g, b, _ := c.RGBA()
	return max(r, g, b) > 0xc000 && min(r, g, b) < 0x3000
}

// The story of a newcomer with ffmpeg: Dana is called with a picture, which stands in the conversation, is made large and
// small, goes on hold with the call, is turned off and on again, and ends with it.
func TestANewcomerSeesDana(t *testing.T) {
	needFFmpeg(t)
	w := demo(t, home(t))
	w.Sees("Dana - Available")
	sees := func(what string, least, most int) {
		t.Helper()
		_, err := w.Until(what, func(s shot.Screen) bool {
			halves, strong := vivid(s)
			return halves >= least && halves <= most && (least == 0 || strong > halves/4)
		})
		w.Must(err)
	}
	w.Opens("Dana - ", "Start a Video Call")
	w.Takes("Start a Video Call")
	w.Sends(1, "INVITE sip:dana@contoso.com SIP/2.0", "m=audio", "m=video", "H264/90000", "VP8/90000", "a=recvonly")
	w.Gets(1, "SIP/2.0 200 OK", "INVITE", "m=video", "a=sendonly")
	counts(t, w, "Dana")
	sees("the picture", 100, 900)
	small, _ := vivid(w.Screen())
	w.Presses("alt+l")
	sees("the picture, large", small*3/2, 5000)
	w.Sees("Write to Dana")
	w.Presses("alt+l")
	sees("the picture, small", small, small)

	w.Presses("alt+u")
	w.Sees("No camera is chosen")
	w.Presses("alt+o")
	w.Sends(1, "INVITE sip:", "a=sendonly", "m=video", "a=inactive")
	sees("no picture on hold", 0, 0)
	w.Presses("alt+o")
	sees("the picture again", small, small)
	w.Presses("alt+v")
	w.Sends(1, "INVITE sip:", "m=video 0 ")
	sees("no picture", 0, 0)
	w.Presses("alt+v")
	sees("the picture once more", small, small)
	w.Presses("alt+q")
	w.Loses("Call with Dana")
	sees("no picture after the call", 0, 0)
	w.Quits()
}
