"""The version of the package, in the one place that everything else reads it from."""

VERSION = "1.0.0.dev0"
