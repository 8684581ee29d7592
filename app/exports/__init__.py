"""Comparisons, gap matrices and laws as files: DOCX, XLSX, PDF, CSV, Akoma Ntoso."""
