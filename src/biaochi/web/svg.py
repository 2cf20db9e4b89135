"""The one place where drawn numbers become markup."""

from markupsafe import Markup, escape


def picture(css, box, body, label="", *, role="img", shape=""):
    """An SVG that says in words what it shows; without a label, words must stand beside it.

    ``css`` is a class name or "", ``box`` the viewBox, ``label`` plain text, ``shape`` the value
    of preserveAspectRatio. ``body`` is trusted: whoever draws escapes the words inside it.
    """
    spoken = f'role="{role}" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    named = f' class="{css}"' if css else ""
    kept = f' preserveAspectRatio="{shape}"' if shape else ""
    return Markup(f'<svg{named} viewBox="{box}"{kept} {spoken}>{body}</svg>')  # noqa: S704
