"""What goes into the wheel for the web: the code, and the plugin's templates and style sheets. Not the model."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebFiles(BuildHookInterface):
    """Takes the files from the package beside this folder."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        repository = Path(self.root).parent
        for path in web_files(repository / "quotes"):
            build_data["force_include"][str(path)] = path.relative_to(repository).as_posix()
        build_data["extra_metadata"][str(repository / "LICENSE")] = "LICENSE"


def web_files(package: Path) -> list[Path]:
    """The files of the package that a web site needs: all code at any depth, all of the plugin's files, two lists."""
    lists = ("documents", "function_words")
    words = {package / "SHA256SUMS", *(package / "lexicon" / "en" / f"{name}.txt" for name in lists)}
    files = {*package.rglob("*.py"), *(package / "datasette").rglob("*"), *words}
    return sorted(path for path in files if path.is_file() and "__pycache__" not in path.parts)
