"""Spiders, one for each way in which portals give up their documents."""
