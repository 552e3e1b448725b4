// Package bench measures what golync promises of speed and size, on the built binary in a terminal, and
// prints each figure beside its budget. It has no code outside its benchmarks: make bench runs them.
//
// Machines are noisy, so no figure fails a test; the window's own costs, which need no process, are the
// benchmarks of package ui.
package bench
