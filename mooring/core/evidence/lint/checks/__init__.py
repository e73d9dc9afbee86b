"""The checks: each module here is one, with its examples in a TOML file of the same name."""
