"""Pages that other sites may show in a frame; every other page stays out of frames."""

from csp.decorators import csp_replace
from django.views.decorators.clickjacking import xframe_options_exempt

from cantiere.foundation.core.access import View


def embeddable(view: View) -> View:
    """Let any site frame this one view. It must change nothing and show nothing of who is signed in."""
    return csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(view))
