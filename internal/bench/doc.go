// Package bench measures what golync promises of speed and size, on the built binary in a terminal, and
// prints each figure beside its budget. It has no code outside its benchmarks: make bench runs them, and
// ends with the table.
//
// Machines are noisy and shared, so no figure fails a test: the table says what is over its budget, and how
// busy the machine was. docs/figures.md keeps what was measured last.
package bench
