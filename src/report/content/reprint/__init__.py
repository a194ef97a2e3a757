"""A structured source report set anew: its document as a content tree, without template, dataset or values."""
