package config

import "strings"

// Narrow says that the locale's characters are not those of UTF-8, so that signs beyond ASCII may come out as
// something else. The first variable that is set counts (POSIX.1-2017, base definitions, section 8.2); without
// any the locale is POSIX, which has ASCII alone.
func Narrow(env Env) bool {
	for _, name := range [...]string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := env(name); locale != "" {
			locale = strings.ToLower(locale)
			return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
		}
	}
	return true
}
