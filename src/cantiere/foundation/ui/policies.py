"""Views whose pages are let do what no other page may."""

from csp.constants import NONCE
from csp.decorators import csp_replace, csp_update
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page

from cantiere.foundation.core.access import View


def embeddable(view: View) -> View:
    """Let any site frame this one view. It must change nothing and show nothing of who is signed in."""
    return csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(view))


def self_contained(view: View) -> View:
    """Let a page carry its sheet and a script within (``{% within %}``), packed: for a first page on a slow
    network, where every file asked for costs seconds.
    """
    return csp_update({"script-src": [NONCE], "style-src": [NONCE]})(gzip_page(view))
