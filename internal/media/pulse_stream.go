package media

import (
	"encoding/binary"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jfreymuth/pulse/proto"
)

const (
	frameBytes  = 2 * Frame
	bytesPerSec = 2 * Rate
)

// role makes the server treat the sound as a call's: it may quieten music meanwhile.
func pulseProps(what string) proto.PropList {
	return proto.PropList{
		"media.role": proto.PropListString("phone"),
		"media.name": proto.PropListString(what),
	}
}

func pulseSpec() proto.SampleSpec {
	return proto.SampleSpec{Format: proto.FormatInt16LE, Channels: 1, Rate: Rate}
}

// OpenSource is a Source of a microphone; "" chooses one that cancels echo where the server has one, else the
// server's default. A Read fails when the server or the device has gone.
func (p Pulse) OpenSource(id string) (Source, error) {
	s := &pulseSource{data: make(chan []byte, 16)}
	c, err := dialPulse(p.Server, s.hear)
	if err != nil {
		return nil, err
	}
	if id == "" {
		id = c.preferred()
	}
	s.pulseConn = c
	create := proto.CreateRecordStream{
		SampleSpec: pulseSpec(), ChannelMap: proto.ChannelMap{proto.ChannelMono},
		SourceIndex: proto.Undefined, SourceName: id, DirectOnInputIndex: proto.Undefined,
		BufferMaxLength: 10 * frameBytes, BufferFragSize: frameBytes, AdjustLatency: true,
		ChannelVolumes: proto.ChannelVolumes{uint32(proto.VolumeNorm)}, Properties: pulseProps("call"),
	}
	if err := c.ask(&create, &proto.CreateRecordStreamReply{}); err != nil {
		c.close()
		return nil, err
	}
	return s, nil
}

type pulseSource struct {
	*pulseConn
	data chan []byte
	rest []byte
}

// hear takes what the microphone gives. Where nobody reads, the oldest is dropped.
func (s *pulseSource) hear(message any) {
	switch m := message.(type) {
	case *proto.DataPacket:
		b := append([]byte(nil), m.Data...)
		for {
			select {
			case s.data <- b:
				return
			default:
			}
			select {
			case <-s.data:
			default:
			}
		}
	case *proto.RecordStreamKilled:
		go s.close()
	}
}

func (s *pulseSource) Read(frame []int16) error {
	for len(s.rest) < frameBytes {
		select {
		case b := <-s.data:
			s.rest = append(s.rest, b...)
		case <-s.gone:
			return fmt.Errorf("read the microphone: %w", ErrNoServer)
		}
	}
	for i := range frame {
		frame[i] = int16(binary.LittleEndian.Uint16(s.rest[2*i:]))
	}
	s.rest = append(s.rest[:0], s.rest[frameBytes:]...)
	return nil
}

func (s *pulseSource) Close() error {
	s.close()
	return nil
}

// OpenSink is a Sink of a loudspeaker; "" is the server's default. A Write fails when the server or the device has
// gone. It holds 60 ms at the most and is kept at about 30.
func (p Pulse) OpenSink(id string) (Sink, error) {
	s := &pulseSink{}
	c, err := dialPulse(p.Server, s.hear)
	if err != nil {
		return nil, err
	}
	s.pulseConn = c
	create := proto.CreatePlaybackStream{
		SampleSpec: pulseSpec(), ChannelMap: proto.ChannelMap{proto.ChannelMono},
		SinkIndex: proto.Undefined, SinkName: id,
		BufferMaxLength: 10 * frameBytes, BufferTargetLength: 3 * frameBytes, BufferPrebufferLength: frameBytes,
		BufferMinimumRequest: frameBytes / 2, AdjustLatency: true, EarlyRequests: false,
		ChannelVolumes: proto.ChannelVolumes{uint32(proto.VolumeNorm)}, Properties: pulseProps("call"),
	}
	var reply proto.CreatePlaybackStreamReply
	if err := c.ask(&create, &reply); err != nil {
		c.close()
		return nil, err
	}
	s.index, s.target = reply.StreamIndex, int64(reply.BufferTargetLength)
	s.wanted.Add(int64(reply.Missing))
	return s, nil
}

type pulseSink struct {
	*pulseConn
	index  uint32
	target int64        // octets that the server wants to hold
	wanted atomic.Int64 // octets that it has asked for and not got
	b      []byte
}

func (s *pulseSink) hear(message any) {
	switch m := message.(type) {
	case *proto.Request:
		s.wanted.Add(int64(m.Length))
	case *proto.PlaybackStreamKilled:
		go s.close()
	}
}

// Queued is how much waits in the server. In one that has gone nothing does: whoever waits for room there would wait
// for ever, and never learn of it by a Write.
func (s *pulseSink) Queued() time.Duration {
	select {
	case <-s.gone:
		return 0
	default:
	}
	return time.Duration(max(s.target-s.wanted.Load(), 0)) * time.Second / bytesPerSec
}

func (s *pulseSink) Write(frame []int16) error {
	s.b = s.b[:0]
	for _, v := range frame {
		s.b = binary.LittleEndian.AppendUint16(s.b, uint16(v))
	}
	select {
	case <-s.gone:
		return fmt.Errorf("play to the loudspeaker: %w", ErrNoServer)
	default:
	}
	if err := s.client.Send(s.index, s.b); err != nil {
		return fmt.Errorf("play to the loudspeaker: %w", pulseError(err))
	}
	s.wanted.Add(-int64(len(s.b)))
	return nil
}

func (s *pulseSink) Close() error {
	s.close()
	return nil
}
