package media

import (
	"bytes"

	"github.com/pion/srtp/v3"
)

const (
	masterKey  = 16  // octets of AES-128
	masterSalt = 14  // octets
	replayed   = 128 // packets back within which a copy is known to be one
)

// keys is the SRTP and SRTCP of one direction. It is kept as long as the key is the same, because with it is kept how
// often the sequence numbers have gone round.
type keys struct {
	suite   string
	key     []byte
	context *srtp.Context
}

// with returns keys for a suite and a key: nil without a key, the same when nothing has changed.
func (k *keys) with(suite string, key []byte) (*keys, error) {
	if key == nil {
		return nil, nil
	}
	if k != nil && k.suite == suite && bytes.Equal(k.key, key) {
		return k, nil
	}
	var profile srtp.ProtectionProfile
	switch suite {
	case "AES_CM_128_HMAC_SHA1_80":
		profile = srtp.ProtectionProfileAes128CmHmacSha1_80
	case "AES_CM_128_HMAC_SHA1_32":
		profile = srtp.ProtectionProfileAes128CmHmacSha1_32
	default:
		return nil, ErrKey
	}
	if len(key) != masterKey+masterSalt {
		return nil, ErrKey
	}
	context, err := srtp.CreateContext(key[:masterKey], key[masterKey:], profile,
		srtp.SRTPReplayProtection(replayed), srtp.SRTCPReplayProtection(replayed))
	if err != nil {
		return nil, ErrKey
	}
	return &keys{suite: suite, key: bytes.Clone(key), context: context}, nil
}
