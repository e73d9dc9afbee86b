"""What has to be there before an infusion starts."""
