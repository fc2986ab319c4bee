"""The demonstration: seven organisations, written in TOML, brought to life by the product's own operations."""
