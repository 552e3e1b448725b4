package media

import (
	"fmt"
	"strings"

	"github.com/jfreymuth/pulse/proto"
)

// Pulse is a sound server that speaks PulseAudio's protocol, such as PulseAudio itself and PipeWire.
type Pulse struct {
	// Server is where it is, as PULSE_SERVER has it: "unix:/path", "/path", "tcp:host:port", several with spaces between.
	// "": PULSE_SERVER, or the socket in XDG_RUNTIME_DIR.
	Server string
}

// Device is a microphone or a loudspeaker of a server.
type Device struct {
	ID      string // stays the same; for OpenSource and OpenSink
	Name    string // for people. The server's words: not fit to be drawn as they are
	Default bool   // the one that the user has chosen for this server
	Echo    bool   // a microphone from which the loudspeaker's sound has been taken out
}

// Sources lists the microphones. The loopbacks of loudspeakers ("monitors") are none.
func (p Pulse) Sources() ([]Device, error) {
	c, err := dialPulse(p.Server, nil)
	if err != nil {
		return nil, err
	}
	defer c.close()
	return c.sources()
}

// Sinks lists the loudspeakers.
func (p Pulse) Sinks() ([]Device, error) {
	c, err := dialPulse(p.Server, nil)
	if err != nil {
		return nil, err
	}
	defer c.close()
	var server proto.GetServerInfoReply
	var list proto.GetSinkInfoListReply
	if err := c.ask(&proto.GetServerInfo{}, &server); err != nil {
		return nil, err
	}
	if err := c.ask(&proto.GetSinkInfoList{}, &list); err != nil {
		return nil, err
	}
	var all []Device
	for _, s := range list {
		all = append(all, Device{ID: s.SinkName, Name: s.Device, Default: s.SinkName == server.DefaultSinkName})
	}
	return all, nil
}

func (c *pulseConn) sources() ([]Device, error) {
	var server proto.GetServerInfoReply
	var list proto.GetSourceInfoListReply
	if err := c.ask(&proto.GetServerInfo{}, &server); err != nil {
		return nil, err
	}
	if err := c.ask(&proto.GetSourceInfoList{}, &list); err != nil {
		return nil, err
	}
	var all []Device
	for _, s := range list {
		if s.MonitorSourceIndex != proto.Undefined {
			continue
		}
		all = append(all, Device{
			ID: s.SourceName, Name: s.Device, Default: s.SourceName == server.DefaultSourceName,
			Echo: cancelsEcho(s),
		})
	}
	return all, nil
}

// cancelsEcho recognizes the source of module-echo-cancel, of PulseAudio and of PipeWire, by the names that both give it.
func cancelsEcho(s *proto.GetSourceInfoReply) bool {
	names := strings.ToLower(s.SourceName + " " + s.Device + " " + s.Driver)
	for _, mark := range []string{"echo-cancel", "echo_cancel", "echocancel", "echo cancel"} {
		if strings.Contains(names, mark) {
			return true
		}
	}
	return false
}

// preferred is the microphone to use when the user has chosen none: one without echo where there is one, "" for the server's
// own choice otherwise.
func (c *pulseConn) preferred() string {
	all, err := c.sources()
	if err != nil {
		return ""
	}
	for _, d := range all {
		if d.Echo {
			return d.ID
		}
	}
	return ""
}

func pulseError(err error) error {
	return fmt.Errorf("the sound server: %w", err)
}
