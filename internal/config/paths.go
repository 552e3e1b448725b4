package config

import "path/filepath"

// The XDG base directories (XDG Base Directory Specification 0.8). A relative path in a variable is to be
// ignored, says its section 3.

func configDir(env Env) string { return xdg(env, "XDG_CONFIG_HOME", ".config") }

// DataDir is where the accounts' data are kept.
func DataDir(env Env) string { return xdg(env, "XDG_DATA_HOME", ".local", "share") }

// StateDir is where the log is kept.
func StateDir(env Env) string { return xdg(env, "XDG_STATE_HOME", ".local", "state") }

func xdg(env Env, variable string, beneathHome ...string) string {
	dir := env(variable)
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(append([]string{env("HOME")}, beneathHome...)...)
	}
	return filepath.Join(dir, "golync")
}
