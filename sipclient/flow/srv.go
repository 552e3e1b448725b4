package flow

import (
	"cmp"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
)

// service is an SRV name to ask for: _name._proto.domain.
type service struct{ name, proto string }

// services lists what to ask for, the first that answers wins: the names of RFC 3263 section 4.1 and of
// Lync (facts/sipgo.md section 1), the latter's internal ones first, as Lync itself tries them.
var services = map[string][]service{
	"TLS": {{"sips", "tcp"}, {"sipinternaltls", "tcp"}, {"sip", "tls"}},
	"TCP": {{"sip", "tcp"}, {"sipinternal", "tcp"}},
	"UDP": {{"sip", "udp"}},
}

// recordLimit is the most SRV records that are looked at for one name.
const recordLimit = 16

// order sorts records as RFC 2782 says: by priority, and within one priority by a draw in which a record's
// chance is its weight. draw returns a number in [0, n). Records with the target "." are left out: they say
// that there is no such service.
func order(records []*net.SRV, draw func(n int) int) []*net.SRV {
	left := slices.DeleteFunc(slices.Clone(records), func(r *net.SRV) bool {
		return strings.TrimSuffix(r.Target, ".") == "" || r.Port == 0
	})
	// Weight 0 goes first so that it has a small chance at all (RFC 2782, page 3).
	slices.SortStableFunc(left, func(a, b *net.SRV) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.Weight, b.Weight))
	})
	out := make([]*net.SRV, 0, len(left))
	for len(left) > 0 {
		end, sum := 0, 0
		for end < len(left) && left[end].Priority == left[0].Priority {
			sum += int(left[end].Weight)
			end++
		}
		pick, at := 0, draw(sum+1)
		for running := int(left[0].Weight); running < at && pick < end-1; running += int(left[pick].Weight) {
			pick++
		}
		out = append(out, left[pick])
		left = slices.Delete(left, pick, pick+1)
	}
	return out[:min(len(out), recordLimit)]
}

// randomly is the draw of order outside of tests.
func randomly(n int) int { return rand.IntN(n) }

// interleave puts addresses so that IPv6 and IPv4 take turns, IPv6 first (RFC 8305 section 4), without
// repetitions.
func interleave(addrs []net.IPAddr) []net.IPAddr {
	var six, four, out []net.IPAddr
	seen := make(map[string]bool, len(addrs))
	for _, a := range addrs {
		switch {
		case seen[a.String()]:
		case a.IP.To4() != nil:
			four = append(four, a)
		default:
			six = append(six, a)
		}
		seen[a.String()] = true
	}
	for i := range max(len(six), len(four)) {
		if i < len(six) {
			out = append(out, six[i])
		}
		if i < len(four) {
			out = append(out, four[i])
		}
	}
	return out
}
