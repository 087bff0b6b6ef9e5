"""What programs elsewhere get of our HTML: words, emphasis, whole addresses, no mark of the editor (R22)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.markup import ADDRESSES, KEPT, KEPT_BY_ALL, portable
from tests.blog.atom import ABSOLUTE, Attributes
from tests.samples import so_many

PAGE = "https://news.example.org:8443/fr/articles/quai/"
ROOT = "https://news.example.org:8443"


@pytest.mark.parametrize(
    ("html", "handed_over"),
    [
        ("", ""),
        ("Un mot", "Un mot"),
        ("<p>Un <b>mot</b></p>", "<p>Un <b>mot</b></p>"),
        ('<p data-block-key="a1">Un</p>', "<p>Un</p>"),
        ('<p id="s-un" class="x">Un</p>', "<p>Un</p>"),
        ('<p style="color:red" onclick="go()">Un</p>', "<p>Un</p>"),
        ('<p lang="en" dir="ltr">One</p>', '<p lang="en" dir="ltr">One</p>'),
        ('<a linktype="page" id="3" href="/fr/">Un</a>', f'<a href="{ROOT}/fr/">Un</a>'),
        ('<a href="?page=2">Un</a>', f'<a href="{PAGE}?page=2">Un</a>'),
        ('<a href="#bas">Un</a>', f'<a href="{PAGE}#bas">Un</a>'),
        ('<a href="../">Un</a>', f'<a href="{ROOT}/fr/articles/">Un</a>'),
        ('<a href="//elsewhere.example/x">Un</a>', '<a href="https://elsewhere.example/x">Un</a>'),
        ('<a href="http://elsewhere.example/x">Un</a>', '<a href="http://elsewhere.example/x">Un</a>'),
        ('<a href="mailto:a@example.org">Un</a>', '<a href="mailto:a@example.org">Un</a>'),
        ('<a href="tel:+15145550100">Un</a>', '<a href="tel:+15145550100">Un</a>'),
        ('<a href="/x?a=1&amp;b=2">Un</a>', f'<a href="{ROOT}/x?a=1&amp;b=2">Un</a>'),
        ('<a href="http://[">Un</a>', "<a>Un</a>"),
        ("<a>Un</a>", "<a>Un</a>"),
        ('<a href="/x" rel="nofollow" target="_blank">Un</a>', f'<a href="{ROOT}/x">Un</a>'),
        (
            '<img src="/media/q.png" alt="Le &quot;quai&quot;" width="8" height="6" loading="lazy">',
            f'<img src="{ROOT}/media/q.png" alt="Le &quot;quai&quot;" width="8" height="6">',
        ),
        ('<img src="/q.png" srcset="/q2.png 2x" alt="">', f'<img src="{ROOT}/q.png" alt="">'),
        ('<img src="/q.png"/>', f'<img src="{ROOT}/q.png">'),
        ("Un<br/>deux<br>trois<hr>", "Un<br>deux<br>trois<hr>"),
        ("<p>É &lt; È &amp; É &nbsp;!</p>", "<p>É &lt; È &amp; É \xa0!</p>"),
        ("<!-- rien --><p>Un</p>", "<p>Un</p>"),
        ("<p>Un</p><script>alert(1)</script>", "<p>Un</p>"),
        ("<style>p{}</style><p>Un</p>", "<p>Un</p>"),
        ("<svg><title>x</title><path d='M0'/></svg><p>Un</p>", "<p>Un</p>"),
        ('<iframe src="/x"></iframe>Un', "Un"),
        (
            '<blockquote cite="/fr/c/x/" class="y"><p>Un</p></blockquote>',
            f'<blockquote cite="{ROOT}/fr/c/x/"><p>Un</p></blockquote>',
        ),
        ('<ol start="3"><li data-x="1">Un</li></ol>', '<ol start="3"><li>Un</li></ol>'),
        ('<time datetime="2026-01-05" class="x">lundi</time>', '<time datetime="2026-01-05">lundi</time>'),
        ('<a href="/un" href="/deux">Un</a>', f'<a href="{ROOT}/un">Un</a>'),
        ("<p>Un < deux", "<p>Un &lt; deux"),
        ("</p></br>Un", "</p>Un"),
    ],
)
def test_r22_it_keeps_what_means_something_elsewhere(html, handed_over):
    assert portable(html, PAGE) == handed_over


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<a href='",
        "' id=x>",
        "<img src=",
        "<script>",
        "</script>",
        "<svg>",
        "</svg>",
        "&amp;",
        "&",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=12).map("".join))
@settings(max_examples=so_many(200, whole=2_000))
def test_r22_no_text_takes_it_down_and_nothing_else_comes_through(html):
    handed_over = portable(html, PAGE)
    assert portable(handed_over, PAGE) == handed_over
    for name, value in Attributes(handed_over).found:
        assert name in KEPT_BY_ALL.union(*KEPT.values())
        assert name not in ADDRESSES or ABSOLUTE.match(value)
