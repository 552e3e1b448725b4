package ui

// talkChapters are the chapters of the help page on conversations and dialogs.
func talkChapters() []chapter { return nil }
