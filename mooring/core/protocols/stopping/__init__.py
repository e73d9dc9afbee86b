"""Stop and call rules: named policies that run side by side and are never merged."""
