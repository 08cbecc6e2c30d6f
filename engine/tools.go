//go:build tools

// Package engine holds no code of its own. It pins the Pulumi command line, with everything it is built
// from, so that set-up can build it where the official release cannot be downloaded.
package engine

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
