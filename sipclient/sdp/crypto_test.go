package sdp

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
)

func inline(n int, fill byte) string {
	return "inline:" + base64.StdEncoding.EncodeToString(key(n, fill))
}

func TestWhatKeysAreTaken(t *testing.T) {
	for _, c := range []struct {
		value string
		want  bool
	}{
		{"1 AES_CM_128_HMAC_SHA1_80 " + inline(30, 'b'), true},
		{"1 aes_cm_128_hmac_sha1_80 " + inline(30, 'b') + "|2^31", true},
		{"7 AES_CM_128_HMAC_SHA1_32 " + inline(30, 'b') + " WSH=64 -later", true},
		{"1 AEAD_AES_256_GCM " + inline(44, 'b'), true},
		{"1 AES_CM_128_HMAC_SHA1_80 " + inline(30, 'b') + "|2^31|1:1", false}, // has a key identifier
		{"1 AES_CM_128_HMAC_SHA1_80 " + inline(30, 'b') + ";" + inline(30, 'c'), false},
		{"1 AES_CM_128_HMAC_SHA1_80 " + inline(30, 'b') + " UNENCRYPTED_SRTP", false},
		{"1 AES_CM_128_HMAC_SHA1_80 " + inline(16, 'b'), false},
		{"1 F8_128_HMAC_SHA1_80 " + inline(30, 'b'), false},
		{"x AES_CM_128_HMAC_SHA1_80 " + inline(30, 'b'), false},
		{"1 AES_CM_128_HMAC_SHA1_80 inline:%%", false},
		{"1 AES_CM_128_HMAC_SHA1_80 uri:x", false},
		{"1 AES_CM_128_HMAC_SHA1_80", false},
	} {
		if k, ok := cryptoOf(c.value); ok != c.want || ok && len(k.Key) != sizes[k.Suite] {
			t.Errorf("%s: %v", c.value, ok)
		}
	}
}

func TestAnEncryptedSoundIsTakenBeforeAPlainOne(t *testing.T) {
	offer := doc("c=IN IP4 198.51.100.7", "t=0 0", "m=audio 6000 RTP/AVP 0", "m=audio 6002 RTP/SAVP 0",
		"a=crypto:4 AES_CM_128_HMAC_SHA1_32 "+inline(30, 'x'), "a=crypto:5 AES_CM_128_HMAC_SHA1_80 "+inline(30, 'b'))
	answer, a, err := alice().with(Possible).Answer(offer)
	if err != nil {
		t.Fatal(err)
	}
	if a.Remote.Port() != 6002 || !bytes.Equal(a.RemoteKey.Key, key(30, 'b')) || !bytes.Equal(a.LocalKey.Key, key(30, 'a')) {
		t.Errorf("%+v", a)
	}
	if !a.Secured {
		t.Error("the profile is not told")
	}
	if want := "a=crypto:5 AES_CM_128_HMAC_SHA1_80 " + inline(30, 'a'); !strings.Contains(string(answer), want) ||
		!strings.Contains(string(answer), "m=audio 0 RTP/AVP 0") || !strings.Contains(string(answer), "m=audio 4000 RTP/SAVP 0") {
		t.Errorf("answer\n%s", answer)
	}
	if _, a, err = alice().Answer(offer); err != nil || a.Remote.Port() != 6000 || a.LocalKey != nil || a.Secured {
		t.Errorf("without keys: %+v, %v", a, err)
	}
}

func TestPlainSoundWhereOnlyEncryptedIsAllowed(t *testing.T) {
	l := alice().with(Required)
	if _, _, err := l.Answer(doc(plain...)); !errors.Is(err, ErrSecure) {
		t.Errorf("answering gives %v", err)
	}
	if _, err := l.Accept(doc(plain...)); !errors.Is(err, ErrSecure) {
		t.Errorf("accepting gives %v", err)
	}
	if _, err := alice().with(Possible).Accept(doc(plain...)); err != nil {
		t.Errorf("where it is only possible: %v", err)
	}
	if !strings.Contains(string(l.Offer()), "m=audio 4000 RTP/SAVP 9") {
		t.Errorf("offers\n%s", l.Offer())
	}
}

func TestKeysThatAnswerNoneOfOursAreRefused(t *testing.T) {
	for _, k := range []string{"2 AES_CM_128_HMAC_SHA1_80 ", "1 AES_CM_128_HMAC_SHA1_32 "} {
		answer := doc(append(plain[:len(plain):len(plain)], "a=crypto:"+k+inline(30, 'b'))...)
		if _, err := alice().with(Possible).Accept(answer); !errors.Is(err, ErrSecure) {
			t.Errorf("%s gives %v", k, err)
		}
	}
}
