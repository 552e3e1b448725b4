// Package e2e holds the end-to-end tests: the built binary in a terminal, against the embedded server,
// step by step as the specification numbers them, with the wire and the screen checked in one test.
// It has no code outside its tests.
package e2e
