"""Language tags (BCP 47), and hints for what authors write instead of them."""

import re

# RFC 5646, section 2.1, without languages of four to eight letters, because none is registered. The last three lines
# list its grandfathered tags.
_TAG = re.compile(
    r"""
    [a-z]{2,3}(?:-[a-z]{3}){0,3}                       # language, with up to three extlang subtags
    (?:-[a-z]{4})?                                     # script
    (?:-(?:[a-z]{2}|[0-9]{3}))?                        # region
    (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*           # variants
    (?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*               # extensions
    (?:-x(?:-[a-z0-9]{1,8})+)?                         # private use
    | x(?:-[a-z0-9]{1,8})+
    | en-gb-oed | i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
    | sgn-(?:be-fr|be-nl|ch-de) | art-lojban | cel-gaulish | no-(?:bok|nyn)
    | zh-(?:guoyu|hakka|min|min-nan|xiang)
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)

_TWO_LETTER_LANGUAGE = re.compile(
    r"a[abefkmnrsvyz]|b[aeghimnors]|c[aehorsuvy]|d[aevz]|e[elnostu]|f[afijory]|g[adlnuv]|h[aeiortuyz]"
    r"|i[adegiknostuw]|j[aivw]|k[agijklmnorsuvwy]|l[abginotuv]|m[ghiklnorsty]|n[abdeglnorvy]|o[cjmrs]"
    r"|p[ailst]|q[u]|r[mnouw]|s[acdeghiklmnoqrstuvw]|t[aeghiklnorstwy]|u[gkrz]|v[eio]|w[ao]|x[h]"
    r"|y[io]|z[ahu]"
)
"""The registered languages of two letters (ISO 639-1), with the deprecated ones."""

# Names in English and in the language itself, ISO 639-2 codes, and countries that are taken for languages.
_ALIASES = {
    "ar": "arabic العربية عربي ara",
    "bn": "bengali bangla বাংলা ben",
    "cs": "czech čeština česky ces cze cz",
    "da": "danish dansk dan dk",
    "de": "german deutsch deu ger",
    "el": "greek ελληνικά ell gre gr",
    "en": "english eng",
    "es": "spanish español espanol castellano spa",
    "fa": "persian farsi فارسی fas per",
    "fi": "finnish suomi fin",
    "fr": "french français francais fra fre",
    "he": "hebrew עברית heb",
    "hi": "hindi हिन्दी हिंदी hin",
    "hu": "hungarian magyar hun",
    "id": "indonesian ind",
    "it": "italian italiano ita",
    "ja": "japanese 日本語 jpn jp",
    "ko": "korean 한국어 kor",
    "nl": "dutch nederlands nld dut",
    "no": "norwegian norsk nor",
    "pl": "polish polski pol",
    "pt": "portuguese português portugues por",
    "ro": "romanian română ron rum",
    "ru": "russian русский rus",
    "sv": "swedish svenska swe",
    "th": "thai ไทย tha",
    "tr": "turkish türkçe turkce tur",
    "uk": "ukrainian українська ukr ua",
    "ur": "urdu اردو urd",
    "vi": "vietnamese vie",
    "zh": "chinese 中文 汉语 漢語 mandarin zho chi cn",
}
_REGIONS_BY_ALIAS = {"uk": "GB"}
_TAGS_BY_ALIAS = {alias: tag for tag, aliases in _ALIASES.items() for alias in aliases.split()}


def is_language_tag(text: str) -> bool:
    """Return whether the text is a tag whose language can be registered: a known one of two letters, or any of three.

    A code of three letters is invalid if its language has one of two letters.
    """
    language = text.lower().partition("-")[0]
    is_registered = len(language) != 2 or _TWO_LETTER_LANGUAGE.fullmatch(language)
    return bool(_TAG.fullmatch(text) and is_registered) and language not in _TAGS_BY_ALIAS


def suggest_language_tag(text: str) -> str | None:
    """Return the tag that was probably meant by an invalid one, such as `en` by `English`, or None."""
    folded = text.casefold().replace("_", "-")
    language, hyphen, rest = folded.partition("-")
    tag = _TAGS_BY_ALIAS.get(folded) or _TAGS_BY_ALIAS.get(folded.partition(" ")[0])
    if tag:
        return tag
    region = _REGIONS_BY_ALIAS.get(rest, rest.upper()) if len(rest) == 2 else rest
    candidate = f"{_TAGS_BY_ALIAS.get(language, language)}{hyphen}{region}"
    return candidate if is_language_tag(candidate) else None


def suggest_language(text: str) -> str:
    """Return the hint for an invalid tag: the one that was probably meant, or what is expected."""
    suggestion = suggest_language_tag(text)
    return f"did you mean {suggestion}?" if suggestion else "expected a BCP 47 tag like en, pt-BR or zh-Hant"
