"""One reader for each kind of policy: from the data that runs to the page that people read."""
