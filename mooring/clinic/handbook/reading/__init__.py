"""The handbook as it stands in this clinic: shipped chapters with the accepted changes."""
