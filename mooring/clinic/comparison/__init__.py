"""The page that lays a dose by vein beside the other routes, for clinicians to read."""
