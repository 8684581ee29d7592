"""The parts of a file: cover note, request, transcription, annex, translation, answer."""
