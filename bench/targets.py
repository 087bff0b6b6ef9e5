"""Judges what the bench found by its targets: the aim, what was found, and whether it is reached."""

from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]
TYPICAL, LONG = "100 comments", ("10,000 comments", "100,000 comments")


def judged(portal: Row, rivals: Row) -> Iterator[list[str]]:
    """Yield a row for each target whose stage was run."""
    reads, limits, posts = portal.get("reads"), portal.get("limits"), portal.get("posts")
    if reads and limits:
        yield from _judged_reads(reads, limits)
    if posts and limits:
        ours = posts["published at once"]["at_once_1"]["cpu_ms"]
        yield _ratio("post published at once / bare INSERT, CPU", 2, ours, _cpu(limits, "insert"))
    isso = rivals.get("isso", {}).get("posts")
    if posts and isso:
        rate, other = (row["at_once_8"]["per_second"] for row in (posts["published at once"], isso))
        yield [
            "posts by eight at once / Isso’s rate",
            "≥ 2 ×",
            f"{rate / other:.1f} × ({rate:.0f}/s, {other:.0f}/s)",
            _mark(rate >= 2 * other),
        ]
    if posts:
        lost = sum(
            way[batch]["lost"] + way[batch]["duplicated"] + way[batch]["errors"]
            for way in posts.values()
            for batch in ("at_once_1", "at_once_8")
        )
        yield ["posts lost, there twice or refused", "0", str(lost), _mark(not lost)]
    mix = portal.get("mix")
    if mix and limits:
        yield _ratio(
            "95/5 mix / bare constant under the same mix, CPU", 1, mix["cpu_ms"], limits["mix"]["cpu_ms"]
        )
    if mix:
        wrong = mix["lost"] + mix["duplicated"] + mix["errors"] + mix["stale"]
        yield ["95/5 mix: lost, there twice, refused or stale", "0", str(wrong), _mark(not wrong)]
    if rest := portal.get("rest"):
        yield [
            "cold start to the first good page",
            "≤ 5 s",
            f"{rest['cold_start_s']:.1f} s",
            _mark(rest["cold_start_s"] <= 5),
        ]
        idle = sum(rest["idle_mb"].values())
        yield ["memory while idle", "≤ 350 MB", f"{idle:.0f} MB", _mark(idle <= 350)]


def judged_desk(desk: Row) -> Iterator[list[str]]:
    """Yield a row for each target of the desk and of screening."""
    explorer, queue = desk["views"]
    yield ["queries of the desk", "≤ 20", str(queue["queries"]), _mark(queue["queries"] <= 20)]
    yield _ratio("the desk / Wagtail’s explorer, CPU", 4, queue["cpu_ms"], explorer["cpu_ms"])
    worst = max(desk["screening"], key=lambda row: row["mean_ms"])
    yield [
        "screening one comment, CPU",
        "≤ 5 ms",
        f"{worst['mean_ms']:.2f} ms ({worst['what']})",
        _mark(worst["mean_ms"] <= 5),
    ]
    by_length = [row for row in desk["screening"] if row["what"].startswith("comments of")]
    short, long = (row["mean_ms"] / row["characters"] for row in (by_length[0], by_length[-1]))
    yield _ratio("a character of a long comment / of a short one, CPU", 1.5, long, short)


def _judged_reads(reads: Row, limits: Row) -> Iterator[list[str]]:
    if f"behind nginx, {TYPICAL}" in reads and "static file, proxied" in limits:
        ours = _cpu(reads, f"behind nginx, {TYPICAL}", 8)
        yield _ratio(
            "warm, behind nginx / static file, CPU", 4, ours, _cpu(limits, "static file, proxied", 8)
        )
    ours = _cpu(reads, f"without a proxy, {TYPICAL}")
    yield _ratio("warm, without a proxy / bare constant, CPU", 3, ours, _cpu(limits, "constant, direct"))
    rendered = _cpu(reads, f"rendered by Django, {TYPICAL}")
    yield _ratio(
        "rendered by Django / bare SELECT, CPU (aim 4 ×)", 10, rendered, _cpu(limits, "select, rendered")
    )
    for load in LONG:
        if f"rendered by Django, {load}" in reads:
            yield _ratio(
                f"rendered with {load} / with 100, CPU",
                1.3,
                _cpu(reads, f"rendered by Django, {load}"),
                rendered,
            )
    yield _ratio(
        "rendered for an employee / for anybody, CPU", 1.5, _cpu(reads, f"signed in, {TYPICAL}"), rendered
    )
    largest = max(
        (row for name, row in reads.items() if name.startswith("behind") or name.startswith("without")),
        key=lambda row: row["bytes"],
    )
    yield [
        "first page of an article, bytes",
        "≤ 90,000",
        f"{largest['bytes']:,}",
        _mark(largest["bytes"] <= 90_000),
    ]
    lines = [row["line_bytes"] for name, row in reads.items() if name.startswith("behind nginx")]
    if lines:
        yield ["the same, compressed", "≤ 18,000", f"{max(lines):,}", _mark(max(lines) <= 18_000)]


def _ratio(name: str, aim: float, ours: float, limit: float) -> list[str]:
    ratio = ours / limit if limit else float("inf")
    return [name, f"≤ {aim:g} ×", f"{ratio:.1f} × ({ours:.2f} ms, {limit:.2f} ms)", _mark(ratio <= aim)]


def _cpu(rows: Row, name: str, at_once: int = 1) -> float:
    return rows[name][f"at_once_{at_once}"]["cpu_ms"]


def _mark(is_reached: bool) -> str:
    return "reached" if is_reached else "**not reached**"
