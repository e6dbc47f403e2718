"""What is handed out: the package, the list of what is in it, and checksums; run `python -m release` (make release)."""
