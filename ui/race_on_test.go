//go:build race

package ui

// stormLength is how many things happen in a storm. The race detector makes each cost ten times as much, and a
// storm has one goroutine: there it is shorter.
const stormLength = 300
