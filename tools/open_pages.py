"""Open the main pages of a site once, so that no visitor waits while their pictures are cut.

    open_pages.py http://127.0.0.1:8000 [seconds to wait for the site]

It says nothing, and ends well whatever happens: a page that fails will fail before the eyes of its reader.
"""

import sys
import time
from urllib.request import ProxyHandler, build_opener

PAGES = ("/fr/", "/fr/articles/", "/fr/dialogues/", "/en/", "/en/articles/", "/en/dialogues/")
PATIENCE = 20.0  # seconds until the site takes connections
SLOWEST_PAGE = 30.0  # seconds: its first view cuts every picture on it
PAUSE = 0.2


def open_pages(site: str, patience: float) -> None:
    """Open each page, beginning when the site takes connections, which may take `patience` seconds."""
    give_up_at = time.monotonic() + patience
    opener = build_opener(ProxyHandler({}))  # this very machine is asked, never a proxy
    pages = list(PAGES)
    while pages:
        try:
            opener.open(site + pages[0], timeout=SLOWEST_PAGE).close()
        except OSError as fault:
            if isinstance(getattr(fault, "reason", fault), ConnectionRefusedError):
                if time.monotonic() > give_up_at:
                    return
                time.sleep(PAUSE)
                continue
        pages.pop(0)


if __name__ == "__main__":
    open_pages(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else PATIENCE)
