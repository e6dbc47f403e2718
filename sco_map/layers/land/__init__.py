"""The ground: states, borders, disputed areas, coasts, lakes, rivers, relief."""
