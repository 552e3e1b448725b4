//go:build !linux

package media

import "os"

// shorten is for systems that let a pipe be shortened.
func shorten(*os.File) {}

// calm is for systems whose programs can be told to give way.
func calm(*os.Process) {}
