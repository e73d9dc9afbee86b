"""The handbook as a folder of plain pages: no server, no script, readable from a disk."""
