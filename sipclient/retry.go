package sipclient

import (
	"math/rand/v2"
	"time"
)

// Waits before a usage is tried again.
const (
	retryFirst  = 30 * time.Second // after a failure that may pass
	retryMost   = 30 * time.Minute
	retrySlow   = time.Hour       // after a refusal: somebody may change a setting
	retryAdvice = 24 * time.Hour  // the longest Retry-After that is believed
	retrySoon   = 2 * time.Second // when the server asks for a new subscription at once
)

// afterTermination returns how long to wait before subscribing again when the notifier has ended a
// subscription (RFC 6665 section 4.1.3). advice is its retry-after, 0 for none; failures counts how often
// in a row a subscription ended without having become good, so that a notifier that always says
// "deactivated" does not make a storm. ok is false when it must not be tried again.
func afterTermination(reason string, advice time.Duration, failures int) (wait time.Duration, ok bool) {
	advice = min(advice, retryAdvice)
	switch reason {
	case "rejected", "noresource", "invariant":
		return 0, false
	case "deactivated", "timeout":
		if failures == 0 {
			return 0, true
		}
		return backOff(retrySoon, failures), true
	case "probation", "giveup":
		if advice > 0 {
			return advice, true
		}
		return backOff(retryFirst, failures), true
	default:
		if advice > 0 {
			return advice, true
		}
		return backOff(retryFirst, failures), true
	}
}

// afterRefusal is the same for a final response to the initial SUBSCRIBE or PUBLISH.
func afterRefusal(code int, advice time.Duration, failures int) (wait time.Duration, ok bool) {
	switch {
	case code == 401 || code == 407:
		return 0, false // a wrong password does not get better
	case advice > 0:
		return min(advice, retryAdvice), true
	case code == 408 || code == 480 || code == 481 || code == 491 || code/100 == 5 && code != 501 && code != 505:
		return backOff(retryFirst, failures), true
	default:
		return spread(retrySlow), true
	}
}

// backOff doubles first for every failure before, up to retryMost.
func backOff(first time.Duration, failures int) time.Duration {
	wait := first << min(max(failures, 0), 16)
	return spread(min(wait, retryMost))
}

// spread takes up to a quarter off, so that a thousand subscriptions lost together do not come back together.
func spread(d time.Duration) time.Duration {
	return d - rand.N(d/4+1)
}

// refreshAfter is when something that lasts for d is refreshed: at 90 %, for anything shorter than ten
// seconds at half, and never sooner than after two seconds, whatever the server says.
func refreshAfter(d time.Duration) time.Duration {
	if d < 10*time.Second {
		return max(d/2, 2*time.Second)
	}
	return d / 10 * 9
}

// spreadRefresh is refreshAfter with some of it taken off, so that subscriptions made together are not
// refreshed together.
func spreadRefresh(d time.Duration) time.Duration {
	at := refreshAfter(d)
	return at - rand.N(at/10+1)
}
