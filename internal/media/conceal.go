package media

// concealer bridges holes: it goes on with the last period of what was heard and fades it out, and leads over to what
// comes after. A hole of one frame is hardly heard; after fadeAll there is silence rather than a buzz.
type concealer struct {
	past   [3 * Frame]int16 // the latest sound, oldest first
	period int              // samples that are repeated; 0 while nothing is bridged
	made   int              // samples made since sound was last heard
}

const (
	fadeFrom = 20 * Rate / 1000 // samples of a hole at full level
	fadeAll  = 80 * Rate / 1000 // samples after which there is nothing
	leadOver = 5 * Rate / 1000  // samples in which the bridge passes into sound
	lagMin   = Rate / 400       // the highest voice has periods of 2.5 ms,
	lagMax   = Rate / 60        // the lowest of 17 ms
)

// heard takes sound that arrived, and smooths its beginning after a hole.
func (c *concealer) heard(pcm []int16) {
	if c.period > 0 {
		n := min(leadOver, len(pcm))
		for i := range n {
			bridge := int(c.next())
			pcm[i] = int16((bridge*(n-i) + int(pcm[i])*i) / n)
		}
		c.period, c.made = 0, 0
	}
	if len(pcm) >= len(c.past) {
		copy(c.past[:], pcm[len(pcm)-len(c.past):])
		return
	}
	copy(c.past[:], c.past[len(pcm):])
	copy(c.past[len(c.past)-len(pcm):], pcm)
}

// bridge appends n samples for what did not arrive.
func (c *concealer) bridge(dst []int16, n int) []int16 {
	if c.period == 0 {
		c.period = c.lag()
	}
	for range n {
		dst = append(dst, c.next())
	}
	return dst
}

// next is one sample of the bridge. The end of each period leads over to the beginning of the next, which is
// taken from before the period, where the sound went on by itself.
func (c *concealer) next() int16 {
	gain := 1 - float64(c.made-fadeFrom)/(fadeAll-fadeFrom)
	at := c.made % c.period
	c.made++
	if gain <= 0 {
		return 0
	}
	start := len(c.past) - c.period
	v := float64(c.past[start+at])
	if lap := c.period / 4; at >= c.period-lap {
		in := float64(at-(c.period-lap)+1) / float64(lap+1)
		v = v*(1-in) + float64(c.past[start-c.period+at])*in
	}
	return int16(v * min(gain, 1))
}

// lag finds the period of the latest sound: where it is most like itself a little earlier.
func (c *concealer) lag() int {
	const span = Frame // samples that are compared
	best, period := 0.0, lagMax
	end := c.past[len(c.past)-span:]
	for lag := lagMin; lag <= lagMax; lag++ {
		var cross, energy float64
		for i := 0; i < span; i += 2 { // half of the samples find it as well
			earlier := float64(c.past[len(c.past)-span-lag+i])
			cross += float64(end[i]) * earlier
			energy += earlier * earlier
		}
		if cross <= 0 || energy == 0 {
			continue
		}
		if likeness := cross * cross / energy; likeness > best*1.005 { // of multiples as good, the shortest
			best, period = likeness, lag
		}
	}
	return period
}
