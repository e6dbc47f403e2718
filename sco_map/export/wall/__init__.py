"""A map for the wall as PDF, the outline to fill in, and questions with answers; only `canvas` knows who writes PDF."""
