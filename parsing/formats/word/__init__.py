"""Word's formats: DOC and WPS, DOCX, Word as one XML file, RTF."""
