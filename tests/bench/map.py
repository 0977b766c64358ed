"""The map: weight of its library, and how soon the first cluster of ten thousand points can be focused."""

import gzip
import re
import statistics
import sys
import threading
from wsgiref.simple_server import make_server

import django
from django.conf import settings

ROOM, TARGET_SECONDS, POINTS = "tests.foundation.ui.listings", 0.7, 10_000
LIBRARY_KB, ROUNDS = 50, 5
# Milliseconds since the navigation began, at the first picture in which a cluster stands and takes the focus.
FIRST = """() => new Promise(done => {
    const look = () => {
        const one = document.querySelector('button.map-cluster');
        if (one) { one.focus(); done(document.activeElement === one ? performance.now() : -1); }
        else requestAnimationFrame(look);
    };
    look();
})"""


def library() -> dict[str, int]:
    """Compressed bytes of what the map alone loads: its scripts, with what they share with others, and its sheet."""
    from cantiere.foundation.ui import assets

    scripts, sheets = assets.ahead("islands/map/index.ts")
    everywhere = {assets.address("main.ts"), *assets.needed("main.ts")}
    files = [address.rsplit("/", 1)[-1] for address in (*scripts, *sheets) if address not in everywhere]
    return {file: len(gzip.compress((assets.DIST / "assets" / file).read_bytes())) for file in files}


def seconds(address: str) -> tuple[list[float], float]:
    """One measure a fresh window, with nothing in its cache, the first to warm the server; and the page's own CPU.

    The CPU says what the page costs where other work on the machine makes the seconds long.
    """
    from playwright.sync_api import sync_playwright

    from tests.browser import launch

    with sync_playwright() as playwright:
        browser, found, own = launch(playwright), [], []
        for _round in range(ROUNDS + 1):
            context = browser.new_context(bypass_csp=True, locale="it-IT")
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            page.goto(address, wait_until="commit")
            found.append(page.evaluate(FIRST) / 1000)
            metrics = session.send("Performance.getMetrics")["metrics"]
            own.append(next(one["value"] for one in metrics if one["name"] == "ThreadTime"))
            context.close()
        browser.close()
    return found[1:], statistics.median(own[1:])


def main() -> None:
    from tests.browser import CHROMIUM

    settings.ROOT_URLCONF = ROOM
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": ["tests/foundation/ui/templates"]}]
    django.setup()
    from django.core.handlers.wsgi import WSGIHandler

    from cantiere.foundation.ui import navigation
    from tests.foundation.ui.conftest import Quiet, Server

    navigation._items.clear()
    weights = library()
    parts = ", ".join(f"{re.sub(r'.*/', '', file)} {size / 1000:.1f}" for file, size in weights.items())
    print(f"map library {sum(weights.values()) / 1000:.1f} kB gzip (target {LIBRARY_KB}): {parts}")
    if not CHROMIUM:
        print("no Chromium here: the first cluster is not measured")
        return
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    server = make_server("127.0.0.1", 0, WSGIHandler(), Server, Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found, own = seconds(f"http://127.0.0.1:{server.server_port}/elenco/?quanti={POINTS}")
    server.shutdown()
    middle, worst = statistics.median(found), max(found)
    mark = "" if middle <= TARGET_SECONDS else "  over"
    print(
        f"first cluster focusable with {POINTS} points: {middle:.2f} s, slowest of {ROUNDS} {worst:.2f} s "
        f"(target {TARGET_SECONDS}), of it {own:.2f} s CPU of the page; Python {sys.version.split()[0]}{mark}"
    )


if __name__ == "__main__":
    main()
