"""Mutants of files, addresses and questions: none may end in anything but a result or a sentence (`make fuzz`)."""
