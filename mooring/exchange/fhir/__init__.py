"""FHIR R4 at the edge: what comes in is checked, read, and kept whole where it is not read.

Each resource type that Mooring reads is a folder with a `read` function; see `registry.py`.
"""
