"""The only package that imports pulumi.automation: engine calls in, Operations out."""
