"""Write the reference in docs/python.md from signatures and docstrings: ``python docs/reference.py``.

What stands between ``<!-- reference: NAMES -->`` and ``<!-- end -->`` is generated, the rest is written by hand.
"""

import ast
import dataclasses
import inspect
import re
import sys
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Any, get_args, is_typeddict

import quotes
from quotes import errors

PAGE = Path(__file__).with_name("python.md")
BLOCK = re.compile(r"(<!-- reference: (.+?) -->\n)(.*?)(<!-- end -->)", re.S)
WIDTH = 100  # characters of a signature that stays on one line


def page() -> str:
    """The page with its generated blocks as they should be now."""
    text = PAGE.read_text(encoding="utf-8")
    return BLOCK.sub(lambda match: f"{match[1]}\n{_block(match[2].split())}\n{match[4]}", text)


def names() -> list[str]:
    """All names that the page has an entry for, as the markers list them."""
    return [name for match in BLOCK.finditer(PAGE.read_text(encoding="utf-8")) for name in match[2].split()]


def _block(listed: list[str]) -> str:
    entries = [_entry(name, _named(name)).rstrip("\n") for name in listed]
    gap = "\n" if entries[0].startswith("- ") else "\n\n"
    return gap.join(entries) + "\n"


def _named(name: str) -> Any:
    thing: Any = quotes
    for part in name.split("."):
        thing = getattr(thing, part)
    return thing


def _entry(name: str, thing: Any) -> str:
    if inspect.isclass(thing) and issubclass(thing, errors.QuotesError):
        return _error(name, thing)
    if dataclasses.is_dataclass(thing):
        return _data_class(name, thing)
    if is_typeddict(thing):
        return _row_type(name, thing)
    if inspect.isclass(thing):
        return f"```python\n{_signature(f'quotes.{name}', thing.__init__)}\n```\n\n{_prose(thing)}\n"
    if get_args(thing):
        return f"- `quotes.{name}`: " + ", ".join(f'`"{value}"`' for value in get_args(thing))
    if callable(thing):
        method = name.startswith("Store.")
        called = f"store.{name.partition('.')[2]}" if method else name
        prefix = "" if method else "quotes."
        return f"```python\n{_signature(prefix + called, thing)}\n```\n\n{_prose(thing)}\n"
    raise TypeError(f"no entry is made for {name}")


def _signature(called: str, function: Any) -> str:
    signature = inspect.signature(function)
    parts, starred = [], False
    for one in signature.parameters.values():
        if one.name == "self":
            continue
        if one.kind is one.KEYWORD_ONLY and not starred:
            starred = True
            if not any(other.startswith("*") for other in parts):
                parts.append("*")
        star = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
        default = "" if one.default is one.empty else f" = {_default(one.default)}"
        parts.append(f"{star}{one.name}: {_type(one.annotation)}{default}")
    result = signature.return_annotation
    arrow = "" if result in (None, "None", signature.empty) else f" -> {_type(result)}"
    line = f"{called}({', '.join(parts)}){arrow}"
    if len(line) <= WIDTH:
        return line
    inner = "".join(f"    {part},\n" for part in parts)
    return f"{called}(\n{inner}){arrow}"


def _default(value: Any) -> str:
    return "..." if callable(value) else repr(value).replace("'", '"')


def _type(annotation: Any) -> str:
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    text = re.sub(r"\*<class '?([\w.]+)'?>", r"Unpack[\1]", text)
    text = re.sub(r"\b(?:quotes|typing|collections|spacy|os|pathlib)(?:\.\w+)*\.(\w+)", r"\1", text)
    for name in (
        "QuoteType",
        "SpeakerType",
        "AttributionMethod",
    ):  # aliases that are spelt out when they are read
        spelt = inspect.formatannotation(getattr(quotes, name)).replace("typing.", "")
        text = text.replace(spelt, name)
    return text.replace("'", "") if not text.startswith("Literal") else text.replace("'", '"')


def _prose(thing: Any) -> str:
    """A docstring without its examples, as Markdown."""
    doc = inspect.cleandoc(thing.__doc__ or "")
    paragraphs = [part for part in re.split(r"\n\s*\n", doc) if not part.startswith(">>>")]
    return "\n\n".join(re.sub(r"``(.+?)``", r"`\1`", part) for part in paragraphs)


def _error(name: str, error: type[Exception]) -> str:
    own = [
        one for one in inspect.signature(error.__init__).parameters if one not in ("self", "message", "hint")
    ]
    fields = f" Besides `message` and `hint`: {', '.join(f'`{one}`' for one in own)}." if own else ""
    return f"- `quotes.{name}`: {_prose(error).splitlines()[0]}{fields}"


def _data_class(name: str, thing: Any) -> str:
    fields = _fields(thing)
    lines = [f"### {name}", "", _prose(thing), "", "| field | type | |", "|---|---|---|"]
    for field in dataclasses.fields(thing):
        kind = _type(field.type).replace("|", "\\|")
        lines.append(f"| `{field.name}` | `{kind}` | {fields[field.name][1]} |")
    for key, value in vars(thing).items():
        if isinstance(value, property) and not (value.__doc__ or "The old name").startswith("The old name"):
            kind = _type(inspect.signature(value.fget).return_annotation)
            lines.append(f"| `{key}` | `{kind}` | {_prose(value).splitlines()[0]} |")
    return "\n".join(lines) + "\n"


def _row_type(name: str, thing: Any) -> str:
    lines = [f"### {name}", "", _prose(thing), "", "| key | type | |", "|---|---|---|"]
    for key, (annotation, comment) in _fields(thing).items():
        kind = re.sub(r"^NotRequired\[(.*)\]$", r"\1", annotation)
        kind = kind.replace("'", '"' if "Literal" in kind else "").replace("|", "\\|")
        sometimes = "" if key in thing.__required_keys__ else "(not always) "
        lines.append(f"| `{key}` | `{kind}` | {sometimes}{comment} |")
    return "\n".join(lines) + "\n"


def _fields(thing: Any) -> dict[str, tuple[str, str]]:
    """The type of each field as the source has it, and the comment behind it."""
    source = dedent(inspect.getsource(thing))
    lines = source.splitlines()
    [node] = ast.parse(source).body
    out = {}
    for part in getattr(node, "body", []):
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            line = lines[part.end_lineno - 1].encode()[part.end_col_offset :].decode()
            comment = line.partition("#")[2].strip()
            out[part.target.id] = ast.unparse(part.annotation), comment[:1].upper() + comment[1:]
    return out


def public_errors(module: ModuleType = errors) -> list[str]:
    """The names of all error classes."""
    return [
        f"errors.{name}"
        for name, thing in vars(module).items()
        if inspect.isclass(thing) and issubclass(thing, errors.QuotesError)
    ]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE} written", file=sys.stderr)
