package sdp

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// sizes are the octets of key and salt of each suite (RFC 4568 section 6.2, RFC 6188 section 2, RFC 7714 section 12).
var sizes = map[string]int{
	"AES_CM_128_HMAC_SHA1_80": 30, "AES_CM_128_HMAC_SHA1_32": 30,
	"AES_256_CM_HMAC_SHA1_80": 46, "AES_256_CM_HMAC_SHA1_32": 46,
	"AEAD_AES_128_GCM": 28, "AEAD_AES_256_GCM": 44,
}

// cryptoOf reads a crypto attribute (RFC 4568 section 9.1). It takes one key without a key identifier, and no
// session parameters but those that may be ignored: whoever offers more than that offers less, too, as a rule.
func cryptoOf(value string) (Crypto, bool) {
	f := strings.Fields(value)
	if len(f) < 3 {
		return Crypto{}, false
	}
	tag, err := strconv.ParseUint(f[0], 10, 30)
	if err != nil {
		return Crypto{}, false
	}
	for _, p := range f[3:] {
		// A receiver's window is a hint, and a dash says that a parameter may be ignored (section 6.3.7).
		if !strings.HasPrefix(p, "WSH=") && !strings.HasPrefix(p, "-") {
			return Crypto{}, false
		}
	}
	inline, ok := strings.CutPrefix(f[2], "inline:")
	part := strings.Split(inline, "|")
	if !ok || strings.Contains(inline, ";") || len(part) > 2 || len(part) == 2 && strings.Contains(part[1], ":") {
		return Crypto{}, false
	}
	key, err := base64.StdEncoding.DecodeString(part[0])
	if err != nil {
		key, err = base64.RawStdEncoding.DecodeString(part[0])
	}
	suite := strings.ToUpper(f[1])
	return Crypto{Tag: int(tag), Suite: suite, Key: key}, err == nil && sizes[suite] > 0 && len(key) == sizes[suite]
}

// attribute writes the key under a tag.
func (k Crypto) attribute(tag int) string {
	return strconv.Itoa(tag) + " " + k.Suite + " inline:" + base64.StdEncoding.EncodeToString(k.Key)
}

// keys chooses ours and theirs for an offer: theirs is the first that we have a suite for (RFC 4568 section
// 5.1.2). Both are nil when the stream is to be plain. have are our keys for it.
func (l Local) keys(have []Crypto, a *flow, proto string) (ours, theirs *Crypto, err error) {
	if l.Secure != No {
		for _, t := range a.crypto {
			for _, o := range have {
				if strings.EqualFold(o.Suite, t.Suite) {
					o.Tag = t.Tag
					return &o, &t, nil
				}
			}
		}
	}
	if l.Secure == Required || strings.Contains(proto, "SAVP") {
		return nil, nil, ErrSecure
	}
	return nil, nil, nil
}

// answered finds ours and theirs in an answer: ours is the one whose tag it has (section 5.1.3).
func (l Local) answered(have []Crypto, a *flow, proto string) (ours, theirs *Crypto, err error) {
	if l.Secure != No {
		for _, t := range a.crypto {
			for i, o := range have {
				if tag(have, i) == t.Tag && strings.EqualFold(o.Suite, t.Suite) {
					o.Tag = t.Tag
					return &o, &t, nil
				}
			}
		}
	}
	// Keys that answer none of ours would make noise of all that is heard.
	if l.Secure == Required || len(a.crypto) > 0 || strings.Contains(proto, "SAVP") {
		return nil, nil, ErrSecure
	}
	return nil, nil, nil
}

// tag is that of our key i in an offer.
func tag(have []Crypto, i int) int {
	if t := have[i].Tag; t > 0 {
		return t
	}
	return i + 1
}
