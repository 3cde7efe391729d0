"""Tables that a page carries inside its scripts.

What lives here: finding markup in JavaScript strings, JSON and script templates, and putting it
back into the tree where the script stood. What does not: running scripts (never).
"""

from __future__ import annotations

import re

from lxml import etree

from ingest.formats import limits
from ingest.formats.tree import text_of

# A string literal of JavaScript or JSON. Alternatives exclude each other: no back-tracking.
_LITERAL = re.compile(
    r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`", re.DOTALL
)
# What may stand between the parts of one string: a plus, or the next document.write.
_JOINT = re.compile(r"[\s+;)]*(?:document\.write(?:ln)?\s*\()?[\s+(]*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_SIMPLE = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "",
    "f": "",
    "v": "",
    "0": "",
    "\n": "",
    "\r": "",
}
_HAS_TABLE = re.compile(r"<table\b|\\u003ctable\b|\\x3ctable\b|&lt;table\b", re.IGNORECASE)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_CJK = re.compile(r"[\u4e00-\u9fff]")
# Calendars and menus are written by scripts too; an official table has at least 40 characters of
# labels (table 4, the smallest, has 90).
_MIN_LABEL_CHARACTERS = 40


def recover_script_tables(root: etree._Element) -> None:
    """Put tables found in scripts, templates and text areas into the tree, in place.

    A recovered table that the page shows already is left out, so that nothing is read twice.
    """
    holders = [
        element
        for element in root.iter("script", "textarea", "template", "xmp")
        if _HAS_TABLE.search(_source(element))
    ]
    if not holders:
        return
    shown = _squeeze(_visible_text(root))
    for holder in holders:
        fragment = _fragment(_source(holder), shown)
        parent = holder.getparent()
        if fragment is None or parent is None:
            continue
        if parent.tag == "head":
            body = root.find(".//body")
            if body is None:
                continue
            body.append(fragment)
        else:
            parent.insert(parent.index(holder), fragment)


def _source(element: etree._Element) -> str:
    if element.tag == "template":  # the parser has read its markup already
        return etree.tostring(element, encoding="unicode", with_tail=False)
    return element.text or ""


def _visible_text(root: etree._Element) -> str:
    """Return the text outside scripts and their like."""
    hidden = {"script", "style", "textarea", "template", "xmp"}
    return "".join(
        (element.text or "" if element.tag not in hidden else "") + (element.tail or "")
        for element in root.iter()
    )


def _fragment(source: str, shown: str) -> etree._Element | None:
    """Return a <div> with the markup of the strings that hold tables; None where nothing is new."""
    if len(source) > limits.MAX_SCRIPT_CHARACTERS:
        return None
    markup = source if _is_markup(source) else "\n".join(markup_in_script(source))
    if not markup:
        return None
    try:
        tree = etree.fromstring(
            f"<div>{markup}</div>".replace("\0", "").encode("utf-8", "ignore"),
            etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True,
                             remove_pis=True),
        )  # fmt: skip
    except etree.XMLSyntaxError:
        return None
    fragment = tree.find(".//div") if tree is not None else None
    if fragment is None:
        return None
    for table in list(fragment.iter("table")):
        text = _squeeze(text_of(table))
        if len(_CJK.findall(text)) < _MIN_LABEL_CHARACTERS or text in shown:
            table.tag = "removed"
    etree.strip_elements(fragment, "removed", with_tail=False)
    return fragment if fragment.find(".//table") is not None else None


def _is_markup(source: str) -> bool:
    return source.lstrip().startswith("<") and _TABLE.search(source) is not None


def markup_in_script(source: str) -> list[str]:
    r"""Return the unescaped strings of a script that hold a table, joined over `+`.

    >>> markup_in_script('var a = "<table><tr><td class=\\\"x\\\">1</td></tr>" + "</table>";')
    ['<table><tr><td class="x">1</td></tr></table>']
    """
    joined: list[list[str]] = []
    end_of_last = -1
    for match in _LITERAL.finditer(source):
        literal = next(group for group in match.groups() if group is not None)
        joint = _JOINT.match(source, end_of_last) if end_of_last >= 0 else None
        if joined and joint is not None and joint.end() >= match.start():
            joined[-1].append(literal)
        else:
            joined.append([literal])
        end_of_last = match.end()
    strings = ("".join(parts) for parts in joined)
    return [
        markup
        for markup in (_unescape(string) for string in strings if _HAS_TABLE.search(string))
        if _TABLE.search(markup)
    ]


def _unescape(literal: str) -> str:
    """Undo the escapes of a string literal, then HTML's where the markup itself was escaped."""
    text = _ESCAPE.sub(_escaped_character, literal)
    if not _TABLE.search(text) and "&lt;table" in text.lower():
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
        text = text.replace("&amp;", "&")
    return text


def _escaped_character(match: re.Match[str]) -> str:
    hexadecimal = match.group(1) or match.group(2)
    if hexadecimal:
        return chr(int(hexadecimal, 16))
    return _SIMPLE.get(match.group(3), match.group(3))


def _squeeze(text: str) -> str:
    return "".join(text.split())
