"""Watermark of a DOCX file: text across every page, in the form that word processors offer to remove or edit."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.oxml import parse_xml

_WIDEST = 620  # points; the diagonal of a page of A4 is 1,031
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def set_watermark(document: Document, text: str) -> None:
    """Set ``text`` across every page of ``document``, behind its content."""
    header = document.sections[0].header
    paragraph = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
    paragraph._p.append(parse_xml(_run(text)))


def _run(text: str) -> str:
    width = min(_WIDEST, 14 * len(text))
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:26pt;rotation:325;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    # the identifier is the one by which word processors know a watermark
    return (
        f"<w:r {_NAMESPACES}><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
        '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" alt={quoteattr(text)} style={quoteattr(style)} '
        'fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string={quoteattr(text)}/></v:shape>'
        "</w:pict></w:r>"
    )
