"""Isso as its manual sets it up, its guard on; what is read is what its script asks for.

Run by the interpreter that has it: `python isso_site.py FOLDER COUNT…` fills a site and tells its
addresses; gunicorn serves `application`.
"""

import json
import os
import sys
from importlib.metadata import version
from pathlib import Path

from isso import config, db, make_app

sys.path.insert(0, str(Path(__file__).parent))
from words import remarks

FOLDER = Path(os.environ.get("BENCH_FOLDER") or sys.argv[1])
CONFIGURATION = f"""
[general]
dbpath = {FOLDER}/comments.db
host = http://127.0.0.1/
[server]
listen = http://127.0.0.1:1/
trusted-proxies = 127.0.0.1
[guard]
enabled = true
"""


def configure():
    path = FOLDER / "isso.cfg"
    path.write_text(CONFIGURATION)
    return config.load(config.default_file(), str(path))


def fill(store, count):
    uri = f"/article-{count}/"
    store.threads.new(uri, "An article")
    ids = []
    for name, text, parent in remarks(count):
        words = {"author": name, "email": None, "website": None, "text": text, "mode": 1}
        words |= {"parent": ids[parent] if parent is not None else None, "remote_addr": "10.0.0.0"}
        ids.append(store.comments.add(uri, words)["id"])
    return f"/?uri={uri}&nested_limit=5"


if __name__ == "__main__":
    store = db.SQLite3(str(FOLDER / "comments.db"), configure())
    reads = {count: fill(store, int(count)) for count in sys.argv[2:]}
    told = {
        "version": f"Isso {version('isso')}",
        "reads": reads,
        "texts": [str(FOLDER / "comments.db"), "SELECT text FROM comments"],
    }
    (FOLDER / "site.json").write_text(json.dumps(told))
else:
    application = make_app(configure(), threading=True, multiprocessing=True)
