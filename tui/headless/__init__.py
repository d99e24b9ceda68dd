"""The commands without a screen, a module for those that belong together."""
