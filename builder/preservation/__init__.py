"""An archive that outlives its makers: addresses that stay, checksums, a bag to keep, and how to verify a copy.

``build.py`` calls what is here; each function that ends a command returns its exit code.
"""

import datetime
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from builder.archive import Archive
from builder.output import ForeignFolderError, OutputFile
from builder.preservation.addresses import NotAListError, address_list, read_address_list
from builder.preservation.bag import bag_files, write_bag
from builder.preservation.checksums import checksums
from builder.preservation.verify import verify


def complete(files: Sequence[OutputFile]) -> list[OutputFile]:
    """Return the files of the site with the list of all addresses and, last of all, the checksums."""
    listed = [*files, address_list(file.address for file in files)]
    return [*listed, checksums(listed)]


def published_addresses(file: Path | None) -> tuple[str, ...] | None:
    """Return the addresses in a copy of a published ``addresses.txt``; none for no file, None (and why) for no list."""
    try:
        return read_address_list(file.read_bytes()) if file is not None else ()
    except OSError:
        print(f"读不了“{file}”：请核对 --against 后面的文件名。", file=sys.stderr)
    except NotAListError as error:
        print(f"“{file}”不是网址清单：第 {error.args[0]} 行不是站内网址。", file=sys.stderr)
    return None


def bagging_day(given: str | None) -> str:
    """Return the day that the bag says it was made on: the one given, or that of ``SOURCE_DATE_EPOCH``, or none.

    Never the clock: the same content must give the same bag. Raises ``ValueError`` where it is no day.
    """
    if given is not None:
        return datetime.date.fromisoformat(given).isoformat()
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat() if epoch else ""
    except (OverflowError, OSError) as error:
        raise ValueError(epoch) from error


def keep(
    folder: Path, project: Path, archive: Archive, site: Sequence[OutputFile], *, is_whole: bool, date: str | None
) -> int:
    """Write the bag of a finished site into ``folder`` and say so; return the exit code."""
    try:
        day = bagging_day(date)
    except ValueError as error:
        print(f"日期要写成 2026-05-01 的样子（SOURCE_DATE_EPOCH 是秒数）：{error}", file=sys.stderr)
        return 2
    try:
        files = bag_files(project, archive, site, is_whole=is_whole, day=day)
        write_bag(folder, files)
    except (ForeignFolderError, OSError) as error:
        print(f"没有写成：{error}", file=sys.stderr)
        return 1
    print(f"存档包已写好：{folder.resolve()}，共 {len(files)} 个文件。")
    if is_whole:
        print("其中有底本、不公开的清单和已撤下的文字：只供本馆自存，不可转交他人。")
    else:
        print("其中没有底本、不公开的清单和已撤下的文字，可以转交他人；全部内容的备份用 --with-sources。")
        for document in archive.documents:
            if not document.profile.public_front:
                print(f"{document.profile.file} 没有放进去：private 不能整行删去，请把它单独写成几行。")
    return 0


def tell_differences(folder: Path) -> int:
    """Print how a bag or a site differs from its own checksums; return 0 when it does not, else 1."""
    report = verify(folder)
    for difference in report.differences:
        print(difference)
    if report.fingerprint:
        print(f"清单的指纹（SHA-256）：{report.fingerprint}")
    if report.differences:
        print(f"共 {len(report.differences)} 处不同。")
        return 1
    print(f"完好：清单所列 {report.listed} 个文件一一相符。再与别处一份的指纹比较，就知道清单本身是否相同。")
    return 0
