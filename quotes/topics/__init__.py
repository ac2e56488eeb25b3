"""What statements are about: clusters of articles that speak of one thing, each with words that tell it from others."""
