"""Files from outside are opened here, within bounds; files of ours are written here, and safely."""
