"""The Word writer: a content tree and a theme as an editable .docx with real notes, fields, numbering and styles."""
