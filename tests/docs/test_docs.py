"""What the documents say is true: commands, their output, Python sessions, tables and links."""

import doctest
import re
import sys
from pathlib import Path

import pytest
from support.paths import ROOT

DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

import commands  # noqa: E402
import examples  # noqa: E402

PAGES = sorted(path.name for path in DOCS.glob("*.md"))


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the seeds."""
    where = examples.folder(tmp_path_factory.mktemp("docs") / "seeds")
    printed, status = examples.shell("quotes extract seeds/", where)
    assert status == 0, printed
    return where / "quotes.db"


def test_the_command_reference_is_what_help_prints() -> None:
    assert commands.PAGE.read_text(encoding="utf-8") == commands.page(), "run python docs/commands.py"


@pytest.mark.parametrize("page", examples.pages("console"))
def test_commands_print_what_the_page_says(page: str, seeds: Path, tmp_path: Path) -> None:
    where = examples.folder(tmp_path / "work", page, seeds)
    wrong = [one for one in examples.commands(page, where) if not one.agrees]
    told = "\n".join(f"$ {one.command}\n{one.actual}" for one in wrong)
    assert not wrong, f"mend it with python docs/examples.py; now:\n{told}"


@pytest.mark.parametrize("page", examples.pages("pycon"))
def test_sessions_come_out_as_the_page_says(
    page: str,
    seeds: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(examples.folder(tmp_path / "work", page, seeds))
    result = doctest.DocTestRunner(optionflags=examples.FLAGS).run(examples.session(page))
    assert result.attempted > 5
    assert not result.failed, capsys.readouterr().out


@pytest.mark.parametrize("page", [*PAGES, *(f"../{path.name}" for path in ROOT.glob("*.md"))])
def test_links_lead_somewhere(page: str) -> None:
    path = DOCS / page
    for target in re.findall(r"\]\((?!https?://)([^)]+)\)", path.read_text(encoding="utf-8")):
        name, _, heading = target.partition("#")
        other = path if not name else (path.parent / name)
        assert other.exists(), target
        titles = re.findall(r"^#+ (.+)$", other.read_text(encoding="utf-8"), re.M) if heading else []
        assert not heading or heading in [_anchor(title) for title in titles], target


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def test_the_figures_of_the_readme_are_those_of_the_page() -> None:
    def ours(page: Path) -> list[str]:
        [row] = re.findall(r"^\| \*\*quotes\*\*.*$", page.read_text(encoding="utf-8"), re.M)
        return re.findall(r"0\.\d+", row)

    figures = ours(DOCS / "quality.md")
    assert len(figures) == 4
    assert ours(DOCS.parent / "README.md") == figures


def test_the_readme_shows_what_is_tested(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    [code] = re.findall(r"^```python\n(.*?)^```$", readme, re.M | re.S)
    exec(code, {})
    assert capsys.readouterr().out == "direct Ruiz “We have waited long enough,”\n"
    [printed] = re.findall(r"^    5 articles read.*?(?=^\S)", readme, re.M | re.S)
    tutorial = (DOCS / "tutorial.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in printed.splitlines() if line[4:] not in tutorial] == []


def test_the_readme_leads_to_every_page() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert [page for page in PAGES if f"docs/{page}" not in readme] == []
