"""The forge: where, in a browser, a file of the archive can be edited or added, and a mistake reported.

Takes the repository's address as ``site.yaml`` gives it; gives addresses of GitHub's and GitLab's own pages, so that
people without git can take part. Forms: docs.github.com, “Creating an issue from a URL query” and “Adding a file with a
query”; docs.gitlab.com, “Web Editor” and “Prefill values in the new issue form by URL”.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

GITHUB, GITLAB = "github", "gitlab"
FORGES = {GITHUB: "GitHub", GITLAB: "GitLab"}


@dataclass(frozen=True)
class Forge:
    """A repository on a forge: its address without a slash at the end, the published branch, and the software."""

    address: str
    branch: str = "main"
    software: str = GITHUB

    def edit(self, file: str) -> str:
        """Return the address of the editor of a file."""
        return f"{self._files('edit')}/{quote(file)}"

    def add(self, folder: str, name: str, text: str) -> str:
        """Return the address of the editor of a new file in a folder, with a name and, on GitHub, a text to begin from.

        GitLab's editor cannot be given a text.
        """
        where = f"{self._files('new')}/{quote(folder)}"
        if self.software == GITLAB:
            return f"{where}?{urlencode({'file_name': name})}"
        return f"{where}?{urlencode({'filename': name, 'value': text})}"

    def report(self, form: str, title: str, page: str, *, is_confidential: bool = False) -> str:
        """Return the address of a new issue about a page; ``form`` is the name of an issue form on GitHub.

        A confidential issue is seen by the project's members alone. GitHub has none: there the form warns.
        """
        if self.software == GITLAB:
            fields = {"issue[title]": f"{title}{page}"} | ({"issue[confidential]": "true"} if is_confidential else {})
            return f"{self.address}/-/issues/new?{urlencode(fields)}"
        return (
            f"{self.address}/issues/new?{urlencode({'template': f'{form}.yml', 'title': title + page, 'page': page})}"
        )

    def _files(self, action: str) -> str:
        """Return the address below which an action on files stands."""
        dash = "/-" if self.software == GITLAB else ""
        return f"{self.address}{dash}/{action}/{quote(self.branch)}"


def guess_software(address: str) -> str:
    """Return which software a repository's address speaks of; GitHub's where it does not say."""
    return GITLAB if "gitlab" in address.split("/")[2] else GITHUB
