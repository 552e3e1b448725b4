package contacts

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// lookalikes are letters of everyday alphabets that a reader takes for an ASCII letter, each before the one
// it is taken for (of the lists of UTS 39 section 4). Small letters have a row of their own, because they
// look like others than their capitals do.
const lookalikes = "АAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJҺHӀlԀdԚQԜW" + // Cyrillic
	"аaвbгrеeкkмmнhоoпnрpсcтtуyхxѕsіiјjһhӏlԁdԛqԝw" +
	"ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX" + // Greek
	"αaγyηnιiκkνvοoρpτtυuχxωw" +
	"ıiſsɑaɡgɩiʏyᴄcᴏoᴠvᴢzℓl" // Latin

// looksLike is the ASCII letter that r is taken for, or r.
func looksLike(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	if i := strings.IndexRune(lookalikes, r); i >= 0 {
		return rune(lookalikes[i+utf8.RuneLen(r)])
	}
	return r
}

// skeleton is what names that a reader takes for one another have in common. Letters' case, compatibility
// forms such as full-width letters (NFKC), and lookalikes of other alphabets make no difference.
func skeleton(s string) string {
	return fold(strings.Map(looksLike, fold(norm.NFKC.String(s))))
}
