"""ROOM 11, revision: what an editor changed in the Word file, as a patch to the sections that it was made of."""
