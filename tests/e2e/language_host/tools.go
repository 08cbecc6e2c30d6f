//go:build tools

// Package languagehost holds no code of its own. It pins Pulumi's Python language host, with everything it is
// built from, so that a test can build it where there is no official installation.
package languagehost

import _ "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python"
