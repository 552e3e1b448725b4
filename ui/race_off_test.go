//go:build !race

package ui

// stormLength is how many things happen in a storm.
const stormLength = 1500
