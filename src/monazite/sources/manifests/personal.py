"""Personal data in the texts of manifests: what it looks like, and the text without it.

Carriers type telephone numbers, e-mail addresses, names of contacts and numbers of social security
into addresses, descriptions and marks. Nothing tells a telephone number from a purchase order of
ten digits, so both are replaced: better a number too many than one too few. What stays is shaped
otherwise: codes of goods (``8507.60.0020``, ``HS CODE 8507600020``), ZIP+4, numbers of up to eight
digits, and in columns of codes the number of a bill behind its carrier (``MAEU570123456``).
"""

from __future__ import annotations

import re
import unicodedata

REDACTED = "[redacted]"

_AT = "@"
_BETWEEN = r"\s\-\u2010-\u2015\u2212\u30fc./\\()\[\]_~*+\u00b7\u2022\u30fb\ufffd"
_RUN = re.compile(rf"(?:\+\s?)?[(\[]?\d(?:[{_BETWEEN}]{{0,3}}\d){{4,}}")
"""Digits with at most three signs between two of them."""

_DIGIT = re.compile(r"\d")
_LONG = 9
"""Digits of a number that is redacted wherever it stands: a social security number has nine."""

_FEW = 4
"""Digits of the shortest number that is redacted, behind a word such as PASSPORT."""

_ABROAD = 7
"""Digits of a number behind a plus, or behind two zeros."""

_LOCAL = re.compile(r"(?<!\d)\d{3}\s?[-\u2010-\u2015\u2212]\s?\d{4}(?!\d)")
_ZIP = re.compile(r"\d{5}-\d{4}", re.ASCII)
_CHEMICAL = re.compile(r"\d{2,7}-\d\d-\d", re.ASCII)
"""A CAS registry number; no number of a person ends in a single digit."""

_GOODS = re.compile(r"\d{4}\.\d{2}(?:\.\d{4}|\.\d{2}(?:\.?\d{2})?)?", re.ASCII)
_BESIDE_GOODS = 4
"""Digits that may stand beside codes of goods and are too few for a number of a person."""

_BARE_GOODS = re.compile(r"[\d.]{4,13}", re.ASCII)
_GOODS_DIGITS = 10
_SAYS_GOODS = re.compile(
    r"(?:\bH\.?T?\.?S\.?(?:\.?U\.?S\.?)?|\bHARMONI[SZ]ED|\bTARIFF|\bNCM)[\s.:#]{0,3}"
    r"(?:CODES?|NOS?|NUMBERS?|TARIFF)?[\s.:#]{0,3}$",
    re.IGNORECASE,
)
_SHAPE = 40
"""Characters of a shape."""

_REACH = 32
"""How far before a number the word stands that says what it is."""

_SPELT_AT = re.compile(r"[(\[]\s?at\s?[)\]]", re.IGNORECASE)
_SPACED_MAIL = re.compile(
    r"[^\s@]{1,64}\s{0,3}(?:@|[(\[]\s?at\s?[)\]])\s{0,3}"
    r"\w[\w-]{0,63}(?:\s?\.\s?[\w-]{1,63}){0,30}\s?\.\s?[^\W\d_]{2,63}",
    re.IGNORECASE,
)
_NUMBERED = rf"[+(\[]{{0,2}}\d(?:[{_BETWEEN}]{{0,3}}\d){{3,}}"
_TOLD = re.compile(
    r"(\b(?:TEL(?:E?PHONE|E)?|PHONES?|PH|FAX|FONE|MOB(?:ILE)?|CELL(?:ULAR)?|WHATS\s?APP|WECHAT|CONTACT\sNO|"
    r"SSN|SS\s?(?:#|NO)|SOCIAL\sSECURITY|TAX\sID|EIN|CPF|DOB|BIRTH(?:DAY|DATE)?|DATE\sOF\sBIRTH|"
    r"PASSPORT|DRIVER'?S?\sLICEN[CS]E)(?![^\W\d_])"
    rf"[\s.:#]{{0,3}}(?:NO|NUM|NUMBER|NBR)?[\s.:#]{{0,3}}[A-Z]{{0,2}}){_NUMBERED}",
    re.IGNORECASE,
)
_TOLD_IN_CODE = re.compile(rf"((?:TEL|PHONE|FAX|MOBILE|CELL|SSN)[\s.:#]{{0,3}}){_NUMBERED}", re.IGNORECASE)
_NAME = r"[^\W\d_][\w.'\u2019-]{0,40}"
_PERSON = re.compile(
    r"(\b(?:(?:ATTN|ATTENTION|CONTACT\s(?:PERSON|NAME)|MRS?|MISS)\b[\s.:#-]{0,4}|(?:CONTACT|PIC)\s?:\s{0,3}))"
    rf"(?:(?:MRS?|MS|DR|MISS)\b[\s.]{{0,3}})?{_NAME}(?:\s{_NAME}){{0,3}}",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    r"""A text in one writing: no control or invisible characters, full-width signs as ordinary ones.

    >>> plain("555\u200b-\uff11\uff12\n")
    '555-12 '
    """
    if text.isascii():
        return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    known = unicodedata.normalize("NFKC", text)
    return "".join(c for c in map(_visible, known) if c)


def _visible(character: str) -> str:
    """A character, a blank for a control character, nothing for an invisible one."""
    kind = unicodedata.category(character)
    if kind in {"Cf", "Cn", "Co", "Cs", "Mn", "Me"}:
        return ""
    return " " if kind in {"Cc", "Zl", "Zp"} else character


def redacted(text: str) -> str:
    """A free text without what looks like personal data.

    >>> redacted("3 CTNS TOYS HS CODE 9503.00.0090 TEL 555-123-4567 ATTN: JANE ROE, JR@X.COM")
    '3 CTNS TOYS HS CODE 9503.00.0090 TEL [redacted] ATTN: [redacted], [redacted]'
    """
    text = _without_mail(plain(text))
    if len(_DIGIT.findall(text)) >= _FEW:
        text = _TOLD.sub(lambda told: told[1] + REDACTED, text)
        text = _RUN.sub(_number, text)
    return _PERSON.sub(lambda told: told[1] + REDACTED, text)


def redacted_code(text: str) -> str:
    """A code without what looks like personal data; digits behind letters are part of the code.

    >>> [redacted_code(text) for text in ("MAEU570123456", "9215907", "555-12-3456", "5551234567")]
    ['MAEU570123456', '9215907', '[redacted]', '[redacted]']
    """
    text = _without_mail(plain(text))
    if len(_DIGIT.findall(text)) < _FEW:
        return text
    return _RUN.sub(_code_number, _TOLD_IN_CODE.sub(lambda told: told[1] + REDACTED, text))


def mask(text: str) -> str:
    """The shape of a text that stands where a number should: what it says is not told.

    >>> mask("JANE ROE 555-1234 @")
    'aaaa aaa 000-0000 ?'
    """
    return "".join(map(_shape, plain(text)[:_SHAPE]))


def _shape(character: str) -> str:
    """A character of a shape: a digit is 0, a letter a; signs that numbers and dates have stay."""
    if character.isnumeric():
        return "0"
    if character.isalpha():
        return "a"
    return character if character in " -./:" else "?"


def _without_mail(text: str) -> str:
    """A text without e-mail addresses: whatever holds an at sign, and what is written around one."""
    if _AT in text or _SPELT_AT.search(text):
        text = _SPACED_MAIL.sub(REDACTED, text)
    if _AT not in text:
        return text
    return "".join(REDACTED if _AT in part and len(part) > 1 else part for part in re.split(r"(\s+)", text))


def _number(run: re.Match[str]) -> str:
    """A run of digits in free text: itself, or that it was redacted."""
    return run[0] if _harmless(run) or _goods_after_word(run) else REDACTED


def _code_number(run: re.Match[str]) -> str:
    """A run of digits in a code: itself, or that it was redacted."""
    behind_letters = run[0].isdecimal() and run.string[run.start() - 1 : run.start()].isalpha()
    return run[0] if behind_letters or _harmless(run) else REDACTED


def _harmless(run: re.Match[str]) -> bool:
    """Whether a run of digits is too short for a personal number, or shaped like another."""
    text, digits = run[0], len(_DIGIT.findall(run[0]))
    if text.lstrip("([").startswith(("+", "00")) and digits >= _ABROAD:
        return False
    if digits < _LONG:
        return not _LOCAL.search(text)
    if _ZIP.fullmatch(text) or _CHEMICAL.fullmatch(text):
        return True
    parts = [part for part in re.split(r"[^\d.]+", text) if part]
    beside = [part for part in parts if not _GOODS.fullmatch(part)]
    return len(beside) < len(parts) and sum(map(len, beside)) <= _BESIDE_GOODS


def _goods_after_word(run: re.Match[str]) -> bool:
    """Whether a run of digits is a code of goods, as the word before it says."""
    if not _BARE_GOODS.fullmatch(run[0]) or len(_DIGIT.findall(run[0])) > _GOODS_DIGITS:
        return False
    return bool(_SAYS_GOODS.search(run.string, max(run.start() - _REACH, 0), run.start()))
