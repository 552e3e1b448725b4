package sipclient

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/emiago/sipgo/sip"
)

// reliable is a provisional answer of ours that is repeated until its PRACK comes (RFC 3262 section 3).
type reliable struct {
	rseq         uint32
	again, limit *timer
}

// sayReliably sends a provisional answer so.
func (s *session) sayReliably(res *sip.Response) {
	r := &reliable{rseq: 1 + rand.Uint32N(1<<31-1)}
	s.sure = r
	res.AppendHeader(sip.NewHeader("Require", "100rel"))
	res.AppendHeader(sip.NewHeader("RSeq", strconv.FormatUint(uint64(r.rseq), 10)))
	in, wait := s.in, timerT1
	var repeat func()
	repeat = func() {
		in.provisional(res)
		r.again = s.c.loop.after(wait, repeat)
		wait *= 2
	}
	repeat()
	r.limit = s.c.loop.after(transactionTime, func() {
		s.decline(refuse(504, "Server Time-out"), EndedFailed)
	})
}

func (s *session) stopReliable() {
	if r := s.sure; r != nil {
		r.again.stop()
		r.limit.stop()
		r.rseq = 0
	}
}

// takePrack takes the acknowledgement of a provisional answer.
func (s *session) takePrack(in *incoming) {
	f := strings.Fields(headerValue(in.req, "rack"))
	r := s.sure
	if r == nil || r.rseq == 0 || len(f) != 3 || f[0] != strconv.FormatUint(uint64(r.rseq), 10) ||
		f[1] != strconv.FormatUint(uint64(s.invited), 10) || f[2] != "INVITE" {
		in.refuse(refuse(481, "No Such Provisional Response"))
		return
	}
	s.stopReliable()
	in.accept()
}

// acknowledge answers a reliable provisional answer with PRACK (RFC 3262 section 4), and reports whether it is to be
// acted on: those of a device come in order, and each once.
func (s *session) acknowledge(d *dialog, last *uint32, res *sip.Response) bool {
	n, err := strconv.ParseUint(headerValue(res, "rseq"), 10, 32)
	if err != nil || n == 0 || *last != 0 && uint32(n) != *last+1 {
		return false
	}
	*last = uint32(n)
	rack := headerValue(res, "rseq") + " " + strconv.FormatUint(uint64(res.CSeq().SeqNo), 10) + " INVITE"
	s.request(d, sip.PRACK, []sip.Header{sip.NewHeader("RAck", rack)}, func(reply) {})
	return true
}
