//go:build race

package shot

const race = true
