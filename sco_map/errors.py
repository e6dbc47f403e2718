"""The errors this package raises on purpose; whoever talks to a person words and prints them."""

from __future__ import annotations


class ScoMapError(Exception):
    """Say what is wrong in words meant for the person who can put it right."""
