"""From bytes to articles: pure, no disk, no screen."""
