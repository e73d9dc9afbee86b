"""What a patient was given over time, and the four-organ watch: read, and written down."""
