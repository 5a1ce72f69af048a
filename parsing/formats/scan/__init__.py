"""Scanned pages, read by OCR where the optional extra ``ocr`` is installed."""
