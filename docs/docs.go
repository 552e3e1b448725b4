// Package docs carries what of this directory the program needs itself.
package docs

import _ "embed" // the policy is one

// Policy is policy.toml: the policy of golync demo, and the example that explains each line.
//
//go:embed policy.toml
var Policy string
