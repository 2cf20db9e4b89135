"""Small Word files for tests, made by hand so that each oddity can be put in."""

import io
import zipfile

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>{doctype}'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
)
TAIL = "</w:body></w:document>"
STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>'
)


def paragraph(words, style="", extra=""):
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r>{extra}<w:t>{words}</w:t></w:r></w:p>"


def docx(*body, doctype="", more=None):
    """The bytes of a docx with these elements in its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("word/document.xml", HEAD.format(doctype=doctype) + "".join(body) + TAIL)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return out.getvalue()
