"""The ZIP file of a hand-out: the library's bytes, without the library's list of members in memory."""

from __future__ import annotations

import contextlib
import io
import zipfile

from gongkai.archive.handing_out import Zip

MEMBERS = {f"documents/预算-{number}.pdf": bytes([number]) * number for number in range(40)}


def test_members_are_those_of_the_library_and_no_list_of_them_is_held() -> None:
    ours, theirs = io.BytesIO(), io.BytesIO()
    with contextlib.closing(Zip(ours)) as package:
        for name, data in MEMBERS.items():
            with package.file(name, len(data)) as file:
                file.write(data)
        assert list.__len__(package._zip.filelist) == 0
        assert len(package._zip.NameToInfo) == 0
    with zipfile.ZipFile(theirs, "w") as package:
        for name, data in MEMBERS.items():
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            package.writestr(info, data)
    assert ours.getvalue() == theirs.getvalue()
