"""A reader's own layers: read in a process of their own, brought into the columns of the map, kept beside its rows.

Nothing is imported here, so that the process that reads a stranger's file starts at once.
"""

FROM_COMMAND_LINE = "SCO_MAP_ADD"
"""Where `sco-map serve --add` tells the app which files every session begins with."""
