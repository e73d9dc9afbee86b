"""What a browser is told with every page."""

from __future__ import annotations

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sign-in/login/", "/no-such-page/"])
def test_no_page_may_use_the_machine_or_be_taken_in_by_another_site(client, clinic_row, path):
    page = client.get(path)
    assert "camera=()" in page["Permissions-Policy"]
    assert "microphone=()" in page["Permissions-Policy"]
    assert page["Cross-Origin-Resource-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
