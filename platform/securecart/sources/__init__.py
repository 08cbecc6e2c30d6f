"""What programs, policy pack and sandbox are made of, as digests: from the working tree or from a git commit."""
