"""The files of the stand-in's page: written by hand, small, and nothing in them reaches outside or becomes markup."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.sandbox import page

STATIC = Path(page.__file__).parent / "static"
FILES = sorted(file for file in STATIC.iterdir() if file.is_file())
SCRIPTS = [file for file in FILES if file.suffix == ".js"]
SERVED = {".html", ".css", ".js"}
MOST_LINES = 250
MARKUP = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "DOMParser",
    "createContextualFragment",
    "srcdoc",
)
EVALUATED = (r"\beval\s*\(", r"\bnew Function\b", r"set(?:Timeout|Interval)\(\s*[\"'`]")
NAMESPACE = "http://www.w3.org/2000/svg"  # a name, not an address


class Tags(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


TAGS = Tags((STATIC / "index.html").read_text()).found
EVERY_FILE = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
EVERY_SCRIPT = pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)


def test_there_are_only_pages_styles_and_scripts() -> None:
    assert {file.suffix for file in FILES} == SERVED
    assert [entry for entry in STATIC.iterdir() if entry.is_dir()] == []


@EVERY_FILE
def test_no_file_names_an_address_outside(file: Path) -> None:
    text = file.read_text().replace(NAMESPACE, "")
    assert re.findall(r"(?:https?:|wss?:)?//[a-z0-9-]+\.[a-z]{2,}", text, re.IGNORECASE) == []


@EVERY_FILE
def test_no_style_is_imported_or_loaded_from_elsewhere(file: Path) -> None:
    assert "@import" not in file.read_text()
    assert re.findall(r"\burl\(", file.read_text()) == []


@EVERY_SCRIPT
def test_no_script_makes_markup_of_a_text(file: Path) -> None:
    text = file.read_text()
    assert [word for word in MARKUP if word in text] == []
    assert [pattern for pattern in EVALUATED if re.search(pattern, text)] == []


@EVERY_SCRIPT
def test_no_script_sets_a_style_or_a_handler_as_an_attribute(file: Path) -> None:
    assert re.findall(r"""setAttribute\(\s*["'`](?:style|on\w+)["'`]""", file.read_text()) == []


@EVERY_SCRIPT
def test_a_script_is_short(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= MOST_LINES


@EVERY_SCRIPT
def test_a_script_imports_only_its_neighbours(file: Path) -> None:
    imported = re.findall(r"""^(?:import|export)\b[^;]*?from\s+["']([^"']+)["']""", file.read_text(), re.MULTILINE)
    assert [name for name in imported if not (STATIC / name.removeprefix("./")).is_file()] == []
    assert all(name.startswith("./") for name in imported)


def test_every_script_is_reached_from_the_page() -> None:
    reached, waiting = set(), [attrs["src"] for tag, attrs in TAGS if tag == "script"]
    while waiting:
        name = str(waiting.pop()).rpartition("/")[2]
        if name not in reached:
            reached.add(name)
            waiting += re.findall(r"""from\s+["']\./([^"']+)["']""", (STATIC / name).read_text())
    assert reached == {file.name for file in SCRIPTS}


def test_the_page_has_no_handlers_and_no_styles_in_its_tags() -> None:
    assert [(tag, name) for tag, attrs in TAGS for name in attrs if name.startswith("on") or name == "style"] == []
    assert [tag for tag, _ in TAGS if tag == "style"] == []


def test_the_page_has_no_script_of_its_own() -> None:
    assert all(str(attrs.get("src", "")).startswith("/static/") for tag, attrs in TAGS if tag == "script")
    assert re.findall(r"<script[^>]*>\s*[^<\s]", (STATIC / "index.html").read_text()) == []


def test_the_page_loads_what_there_is() -> None:
    loaded = [attrs.get("src") or attrs.get("href") for tag, attrs in TAGS if tag in ("script", "link")]
    assert [path for path in loaded if not (STATIC / str(path).removeprefix("/static/")).is_file()] == []


def test_the_page_says_its_language_its_title_and_its_landmarks() -> None:
    assert ("html", {"lang": "en"}) in TAGS
    assert {"title", "header", "nav", "main", "aside"} <= {tag for tag, _ in TAGS}
