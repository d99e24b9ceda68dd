"""Finding: folding, words, queries, matches."""
