// Package pump is the queue between those who learn things and the one who draws them: ordered, never
// blocking the writer, merging what only counts in its latest state, and handing out at most one batch
// per frame. It knows nothing of what it carries.
package pump
