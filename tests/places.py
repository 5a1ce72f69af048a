"""Where tests find published documents that are not part of the repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
"""Seeds, corpus and truths; tests that need them skip, saying so, where the folder is absent."""
DEMO_SITE = ROOT / "gongkai" / "demo" / "site" / "zwgk" / "yjsgk"
"""The disclosures of the demonstration portal."""
RECORDED = ROOT / "tests" / "portals" / "recorded"
"""Recorded pages of the shipped portals, a folder for each, with what is read in them."""
