"""Text as printed, made readable: folding, numerals, sections and sentences.

What belongs here: undoing what the web did to a text, with the way back to it. What does not:
decoding bytes (`formats`), the meaning of what is said (`narrative`, `identity`, `tables`).
"""
