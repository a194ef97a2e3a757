"""A template made in Word: template.docx, opened within bounds and held against what `report export-template` wrote."""
