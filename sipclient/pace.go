package sipclient

// maxInFlight bounds the subscriptions that are being set up or refreshed at the same time: a thousand
// SUBSCRIBEs at once after a reconnect would be refused or lost by many a server.
const maxInFlight = 16

// pace lets at most limit jobs run at the same time, in the order in which they came. It belongs to the loop.
type pace struct {
	limit   int
	running int
	waiting []func(leave func())
	round   int // rises with clear, so that jobs from before it do not count
}

// enter starts job now or when its turn has come; job must call leave once when it is over.
func (p *pace) enter(job func(leave func())) {
	if p.running >= p.limit {
		p.waiting = append(p.waiting, job)
		return
	}
	p.running++
	round, left := p.round, false
	job(func() {
		if left || round != p.round {
			return
		}
		left = true
		p.running--
		if len(p.waiting) > 0 {
			next := p.waiting[0]
			p.waiting = p.waiting[1:]
			p.enter(next)
		}
	})
}

// clear forgets everything: the flow is gone, and nobody will call leave.
func (p *pace) clear() {
	p.running, p.waiting = 0, nil
	p.round++
}
