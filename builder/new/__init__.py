"""A new file: for a person or an organisation, with what is known filled in and every key explained.

Takes the project's folder and the words of the command; gives the text of the file and what to tell the editor::

    words ─ ask ─ known ─ form ─► Draft ─ write ─► content/profiles/<id>.md

Only ``write`` touches the disk, and it never overwrites anything.
"""

import errno
import sys
from collections.abc import Iterable
from pathlib import Path

from builder.archive import relate
from builder.content import read_content
from builder.new.ask import Ask, complete
from builder.new.draft import Draft, draft_file, first_mistakes
from builder.new.form import Wanted
from builder.problems import printable

__all__ = ["Draft", "Wanted", "new_draft", "new_file", "write"]


def new_file(project: Path, wanted: Wanted, ask: Ask | None = None) -> int:
    """Write the new file that is wanted, say what to do next, and return the exit code: 0, 1 (disk) or 2 (words).

    With ``ask`` (``input`` on a terminal) whatever is missing is asked for; without, it is a mistake.
    """
    try:
        draft = new_draft(project, wanted, ask)
    except (EOFError, KeyboardInterrupt):
        return _fail(["", "已取消，没有写文件。"], 2)
    except UnicodeDecodeError:
        return _fail(["输入的文字读不懂，没有写文件：请把终端的编码设为 UTF-8，或用 --unit、--region 写明。"], 2)
    if draft.mistakes:
        return _fail(draft.mistakes, 2)
    failure = write(project, draft)
    if failure:
        return _fail([failure], 1)
    print(printable("\n".join([*draft.messages, *([""] if draft.messages else []), *next_steps(draft)])))
    return 0


def new_draft(project: Path, wanted: Wanted, ask: Ask | None = None) -> Draft:
    """Return the draft of the file that is wanted; reads the project's content and writes nothing.

    Raises only what ``ask`` raises: whatever is wrong with the words stands in the draft's ``mistakes``.
    """
    wrong = first_mistakes(project, wanted)
    if wrong:
        return Draft(wanted, mistakes=wrong)
    content, _ = read_content(project)
    archive = relate(content)
    if ask is not None and not wanted.is_organisation:
        wanted = complete(wanted, content, archive, ask)
        return draft_file(content, archive, wanted, asked=True)
    return draft_file(content, archive, wanted)


def write(project: Path, draft: Draft) -> str:
    """Write a draft where there is no file yet; return what went wrong, or ""."""
    path = project / draft.file
    data = draft.text.encode("utf-8")
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as stream:
            try:
                stream.write(data)
                stream.flush()
            except OSError:
                path.unlink()
                raise
    except FileExistsError:
        if not path.parent.is_dir():
            return f"写不了 {draft.file}：{Path(draft.file).parent.as_posix()} 应当是一个文件夹。"
        return f"已经有 {draft.file}，没有覆盖它。请用 --id 另取一个编号。"
    except PermissionError:
        return f"没有权限写 {draft.file}：请看看文件夹是不是只读。"
    except OSError as error:
        # Not the system's own words: they change with its language.
        return f"写不了 {draft.file}（{errno.errorcode.get(error.errno or 0, '?')}）：请看看磁盘和文件夹。"
    return ""


def next_steps(draft: Draft) -> list[str]:
    """Return what the editor does after a draft is written."""
    if draft.wanted.is_organisation:
        return [f"已写好：{draft.file}", "接下来：打开它，照说明填好，再检查：python build.py check"]
    empty = "" if draft.wanted.date else "；dates 还空着，必须填"
    return [
        f"已写好：{draft.file}",
        "接下来：",
        f"  1. 打开这个文件，照里面的说明填好各项{empty}。",
        "  2. 把文章贴在第二行“---”之后：一段一行，段与段之间空一行。",
        "  3. 检查：python build.py check",
        "  4. 预览：python build.py serve；满意了就提交（见 CONTRIBUTING.md）。",
    ]


def _fail(sentences: Iterable[str], code: int) -> int:
    """Print what went wrong; return the exit code."""
    print(printable("\n".join(sentences)), file=sys.stderr)
    return code
