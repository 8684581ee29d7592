"""Office files assembled from parts, with features that libraries cannot write."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def package(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, *, prolog: str = "", media: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """Return a DOCX of ``body``; ``styles``, ``footnotes``, ``header1``… are the inner XML of those parts.

    The pictures ``media`` are the relationships ``m0``, ``m1``…
    """
    roots = {"header": "hdr", "footer": "ftr"}
    kinds = {name: name.rstrip("0123456789") for name in parts}
    related = "".join(
        f'<Relationship Id="r{name}" Type="{RELATIONSHIPS}/{kind}" Target="{name}.xml"/>'
        for name, kind in kinds.items()
    )
    related += "".join(
        f'<Relationship Id="m{number}" Type="{RELATIONSHIPS}/image" Target="{name.removeprefix("word/")}"/>'
        for number, name in enumerate(media or {})
    )
    main = f'<Relationship Id="r1" Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/>'
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{main}</Relationships>',
            "word/document.xml": f'{prolog}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
            **{
                f"word/{name}.xml": f'<w:{root} xmlns:w="{W}">{parts[name]}</w:{root}>'
                for name, kind in kinds.items()
                for root in [roots.get(kind, kind)]
            },
            **(media or {}),
        }
    )


def section(*references: tuple[str, str, str], first_page: bool = False) -> str:
    """Return the properties of a section that refers to (header or footer, type, part)."""
    inner = "".join(
        f'<w:{name}Reference xmlns:r="{RELATIONSHIPS}" w:type="{kind}" r:id="r{part}"/>'
        for name, kind, part in references
    )
    return f"<w:sectPr>{inner}{'<w:titlePg/>' if first_page else ''}</w:sectPr>"


def p(*runs: str, properties: str = "") -> str:
    """Return a paragraph; a run that is no markup is text."""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def odt(
    body: str,
    *,
    automatic: str = "",
    styles: str = "",
    manifest: str | bytes = "",
    pictures: dict[str, bytes] | None = None,
) -> bytes:
    names = " ".join(
        f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table", "style", "drawing", "meta")
    )
    names += ' xmlns:dc="http://purl.org/dc/elements/1.1/"' + f' xmlns:draw="{ODF}:drawing:1.0"'
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {names}>{styles}</office:document-styles>",
            "meta.xml": f"<office:document-meta {names}><office:meta><dc:title>Título</dc:title></office:meta>"
            "</office:document-meta>",
            "META-INF/manifest.xml": manifest or f'<m:manifest xmlns:m="{ODF}:manifest:1.0"/>',
            **(pictures or {}),
        }
    )
