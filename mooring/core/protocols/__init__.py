"""Named policies as data: every number in them cites a claim of the evidence."""
