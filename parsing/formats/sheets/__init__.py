"""Spreadsheets.

xlsx             XLSX from its XML
xlsb             XLSB by calamine
xls              XLS and ET by xlrd
spreadsheet_xml  SpreadsheetML 2003
delimited        CSV and TSV
sheet            filled positions to grids, for all of them, after
hidden             hidden rows and columns were settled
number_format    numbers and dates as their format shows them
"""
