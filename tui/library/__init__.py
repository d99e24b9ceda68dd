"""A folder of pages, and what is kept beside it."""
