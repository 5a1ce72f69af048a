"""Portal files: the facts about one government site."""
