"""Places that are almost others: which are taken for a slip of the pen, and which are places of their own."""

import pytest

from builder.checks.near_regions import _brothers

KNOWN = ["内蒙古自治区", "呼和浩特市", "科尔沁左翼中旗", "海淀区", "吉林省", "吉林市", "包头市", "阿拉善左旗"]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("呼和浩待市", {"呼和浩特市"}),
        ("呼和浩特", {"呼和浩特市"}),
        ("呼浩和特市", {"呼和浩特市"}),
        ("呼和浩市", {"呼和浩特市"}),
        ("内蒙自治区", {"内蒙古自治区"}),
        ("内蒙古自治区包头市", {"内蒙古自治区"}),
        ("吉林", {"吉林省", "吉林市"}),
        ("科尔沁左翼后旗", set()),
        ("阿拉善右旗", set()),
        ("海珠区", set()),
        ("呼和浩特市", set()),
        ("包头", {"包头市"}),
    ],
)
def test_what_is_meant_by_a_place(name: str, near: set[str]) -> None:
    assert _brothers([*KNOWN, name]).near(name) == near
