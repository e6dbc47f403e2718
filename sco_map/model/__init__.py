"""What a row, a fact and a selection are: columns, phases, distances, words of an address. Knows no other part."""
