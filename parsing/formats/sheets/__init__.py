"""Spreadsheets: XLSX, XLS and ET, SpreadsheetML 2003, CSV."""
