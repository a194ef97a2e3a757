"""Charts for programs that draw charts of their own (Word, LibreOffice, WPS): numbers and looks, no outlines."""
