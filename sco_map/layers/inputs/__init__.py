"""Where the geometry comes from: files inside installed packages, found by content."""
