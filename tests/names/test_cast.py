"""People whom the user knows: the file that names them, and where their names stand in a text."""

from pathlib import Path

import pytest

from quotes.errors import Unreadable
from quotes.names.cast import Cast, CastMember, read_cast

PEOPLE = """\
Name,Aliases,Pronouns,Role,ID,Party
Senka Yardley,SY; Senny Yardley,she/her,harbour minister,Q1234567,Blue
"Holt, Dana",,,,,
"""


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "people.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_a_file_is_read_whatever_its_order_and_further_columns(tmp_path: Path) -> None:
    cast = read_cast(written(tmp_path, PEOPLE))
    assert cast.members == (
        CastMember("Senka Yardley", ("SY", "Senny Yardley"), "she", "harbour minister", "Q1234567"),
        CastMember("Holt, Dana"),
    )
    assert cast.unread == ("Party",)
    assert Cast.of_rows(cast.rows()).members == cast.members


def test_spreadsheets_write_semicolons_and_a_byte_order_mark(tmp_path: Path) -> None:
    text = "\ufeffname;aliases;role\r\nSenka Yardley;SY|Senny;minister\r\n\r\n"
    [member] = read_cast(written(tmp_path, text)).members
    assert member == CastMember("Senka Yardley", ("SY", "Senny"), None, "minister")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "has no column 'name'", "first line should be: name,aliases"),
        ("who,role\nAnn,boss\n", "has no column 'name'; its columns are 'who', 'role'", "first line"),
        ("name,name\nAnn,Bea\n", "has two columns 'name'", "Leave one"),
        ("name\n", "names nobody", "one person a line"),
        ("name,role\n,boss\n", "line 2 has no name", "Give each person one"),
        ("name,role\nAnn Lee,boss,x\n", "line 2 has more cells", "quotation marks"),
        (
            "name,aliases\nAnn Lee,AL\nAda Lund,al\n",
            "'al' is a name of two people: Ann Lee and Ada Lund",
            "more fully",
        ),
        ("name\nAnn Lee\nann lee\n", "'ann lee' is a name of two people", "more fully"),
        ("name,id\nAnn Lee,Q1\nAda Lund,Q1\n", "have one id, 'Q1'", "one line for each person"),
        ("name,pronouns\nAnn Lee,female\n", "line 2: 'female' are no pronouns", "he, she or they"),
        ("name,aliases\nAnn Lee,--\n", "'--' is no name", "Take it out"),
        (b"name\nJos\xe9 Paz\n", "is not in UTF-8 (byte 9)", "CSV UTF-8"),
        (b"n\0a\0m\0e\0", "is no text", "Save it as CSV"),
    ],
)
def test_what_is_wrong_is_told_with_what_helps(
    tmp_path: Path, text: str | bytes, message: str, hint: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(Unreadable) as error:
        read_cast(path)
    assert str(path) in error.value.message
    assert message in error.value.message
    assert hint in error.value.hint


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such file"):
        read_cast(tmp_path / "nobody.csv")


def found(text: str, *members: CastMember) -> list[tuple[str, str]]:
    return [(text[start:end], member.name) for start, end, member in Cast(members).find(text)]


YARDLEY = CastMember("Senka Yardley", ("SY", "Minister Yardley"))
CRUZ = CastMember("José de la Cruz-Paz")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Senka Yardley said so.", ["Senka Yardley"]),
        ("SENKA YARDLEY: No.", ["SENKA YARDLEY"]),
        ("Senka\nYardley", ["Senka\nYardley"]),
        ("Then Senka. Yardley came", []),
        ("Senka, Yardley and Bo", []),
        ("senka yardley", []),
        ("SY: Why? Sy left, sy.", ["SY"]),
        ("Minister Yardley", ["Minister Yardley"]),
        ("Jose de la Cruz Paz", ["Jose de la Cruz Paz"]),
        ("José de la Cruz-Paz’s", ["José de la Cruz-Paz"]),
        ("Yardley", []),
    ],
)
def test_names_are_found_as_they_are_written(text: str, names: list[str]) -> None:
    assert [name for name, _ in found(text, YARDLEY, CRUZ)] == names


def test_the_longest_name_wins() -> None:
    mother, daughter = CastMember("Ana Ruiz"), CastMember("Ana Ruiz Vela")
    assert found("Ana Ruiz met Ana Ruiz Vela.", mother, daughter) == [
        ("Ana Ruiz", "Ana Ruiz"),
        ("Ana Ruiz Vela", "Ana Ruiz Vela"),
    ]


def test_the_version_changes_with_what_can_change_a_speaker() -> None:
    plain = Cast([YARDLEY]).version
    assert Cast([CastMember(YARDLEY.name, YARDLEY.aliases, id="Q1")]).version == plain
    assert Cast([CastMember(YARDLEY.name, YARDLEY.aliases, role="minister")]).version != plain
