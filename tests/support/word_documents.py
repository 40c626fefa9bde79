"""Small Word documents (.docx), built from their XML."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = {"Title": "Title", "Subtitle": "Subtitle", "Heading1": "heading 1", "Heading2": "heading 2", "Quote": "Quote"}
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


def paragraph(text: str, style: str = "", *, is_bold: bool = False) -> str:
    """Return the XML of a paragraph."""
    style_xml = f'<w:pStyle w:val="{style}"/>' if style else ""
    return _paragraph(text, style_xml, "<w:rPr><w:b/></w:rPr>" if is_bold else "")


def list_item(text: str, level: int = 0) -> str:
    """Return the XML of an item of the document's list."""
    return _paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def table(*rows: list[str]) -> str:
    """Return the XML of a table."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def build_docx(*blocks: str, **properties: str) -> bytes:
    """Return the document of these blocks, with core properties such as `creator`."""
    core = "".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in properties.items())
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
        for style, name in _STYLES.items()
    )
    levels = "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/></w:lvl>' for level in range(2))
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": _relationships(styles="styles.xml", numbering="numbering.xml"),
        "word/document.xml": f"<w:document {_WORD}><w:body>{''.join(blocks)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_WORD}>{styles}</w:styles>",
        "word/numbering.xml": f'<w:numbering {_WORD}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="{_DUBLIN_CORE}">{core}</cp:coreProperties>',
    }
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return content.getvalue()


def _paragraph(text: str, properties: str, run_properties: str = "") -> str:
    run = f'<w:r>{run_properties}<w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def _content_types() -> str:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN_TYPE}"/></Types>'
    )


def _relationships(**targets: str) -> str:
    items = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{target}"/>' for name, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'
