"""The house rules that no linter knows: who may import whom is in pyproject.toml, the rest is here."""

import ast
import os
import re
import statistics
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PACKAGES = ("kiosk", "menus", "exports", "migrations")
SLICES = sorted(path.parent.name for path in ROOT.glob("kiosk/*/__init__.py"))
LONGEST_FUNCTION, LONGEST_PAGE_BUILDER, LONGEST_FILE = 40, 60, 400
SCREENS = {"page.py", "panels.py"}
NOT_OURS = {"__pycache__", "node_modules", "build", "dist"}

MACHINE_PATH = re.compile(r"(?<![\w.$}~/-])/(?:root|home|Users|work|opt)/[\w.-]+")
REGISTRY = re.compile(
    r"\b(?:pypi|npmjs|python[h]osted|debian|ubuntu)\.(?:org|com|net)\b|--(?:extra-)?index-url|--find[-]links"
)
OUTSIDE = re.compile(r"https?://(?!www\.w3\.org/)[^\s\"')]+|(?:src|href)=[\"']//|url\([\"']?//")


@cache
def sources(*packages: str) -> list[Path]:
    """Our Python files; the migrations' versions are a record of what was, not code that is lived in."""
    found = (path for package in packages for path in sorted((ROOT / package).rglob("*.py")))
    return [path for path in found if "versions" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Everything in a file's tree."""
    return list(ast.walk(tree(path)))


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def functions(*packages: str) -> Iterator[tuple[Path, str, int, int]]:
    """File, name, first line and number of lines of every function."""
    for path in sources(*packages):
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1


@cache
def kept_files() -> list[tuple[Path, str]]:
    """Every text file a newcomer gets, whatever its folder."""
    kept = []
    for folder, inside, names in os.walk(ROOT):
        inside[:] = [name for name in inside if is_kept(name)]
        for path in filter(Path.is_file, (Path(folder, name) for name in names if is_kept(name))):
            with suppress(UnicodeDecodeError):
                kept.append((path, path.read_text(encoding="utf-8")))
    return sorted(kept)


def is_kept(name: str) -> bool:
    return name in {".ci", ".gitignore"} or not (name.startswith(".") or name in NOT_OURS)


def found(pattern: re.Pattern[str], path: Path, text: str) -> list[str]:
    if not pattern.search(text):
        return []
    lines = enumerate(text.splitlines(), 1)
    return [f"{place(path, number)} {hit.group()}" for number, line in lines if (hit := pattern.search(line))]


def test_no_function_is_longer_than_forty_lines_or_a_page_builder_than_sixty() -> None:
    too_long = [
        f"{place(path, line)} {name}: {length} lines"
        for path, name, line, length in functions(*PACKAGES)
        if length > (LONGEST_PAGE_BUILDER if path.name in SCREENS else LONGEST_FUNCTION)
    ]
    assert not too_long, "\n".join(too_long)


def test_half_of_the_functions_are_under_eight_lines_and_nine_of_ten_under_twenty_five() -> None:
    lengths = [length for *_, length in functions(*PACKAGES)]
    assert statistics.median(lengths) < 8
    assert statistics.quantiles(lengths, n=10)[-1] < 25


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    scripts = [path for kind in ("js", "vue", "css") for path in sorted((ROOT / "kiosk").rglob(f"*.{kind}"))]
    lengths = {path: len(path.read_text().splitlines()) for path in [*sources(*PACKAGES, "tests"), *scripts]}
    too_long = [
        f"{path.relative_to(ROOT)}: {length} lines" for path, length in lengths.items() if length > LONGEST_FILE
    ]
    assert not too_long, "\n".join(too_long)


def test_the_front_page_of_a_package_is_a_docstring_and_nothing_else() -> None:
    fronts = [path for path in sources(*PACKAGES) if path.name == "__init__.py"]
    wrong = [
        str(path.relative_to(ROOT)) for path in fronts if not ast.get_docstring(tree(path)) or len(tree(path).body) > 1
    ]
    assert not wrong, "\n".join(wrong)


def test_no_amount_can_become_a_float() -> None:
    wrong = [
        place(path, node.lineno)
        for path in sources("kiosk", "menus", "exports")
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    ]
    assert not wrong, "float() at\n" + "\n".join(wrong)


def dotted(function: ast.expr) -> str:
    """What a call names: `datetime.now`; empty for what is made on the spot."""
    parts = []
    while isinstance(function, ast.Attribute):
        parts.append(function.attr)
        function = function.value
    return ".".join([*([function.id] if isinstance(function, ast.Name) else []), *reversed(parts)])


def test_only_the_clock_asks_what_time_it_is() -> None:
    asks = re.compile(r"(?:^|\.)(?:datetime\.now|date\.today|datetime\.today|utcnow|utcfromtimestamp|time\.time)$")
    wrong = [
        f"{place(path, node.lineno)} {dotted(node.func)}()"
        for path in sources("kiosk", "menus", "exports")
        if path != ROOT / "kiosk/core/clock.py"
        for node in nodes(path)
        if isinstance(node, ast.Call) and asks.search(dotted(node.func))
    ]
    assert not wrong, "kiosk.core.clock knows the time, ask it:\n" + "\n".join(wrong)


def test_no_trouble_is_swallowed_whole() -> None:
    wrong = [
        place(path, node.lineno)
        for path in sources(*PACKAGES)
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and all(isinstance(statement, ast.Pass) for statement in node.body)
    ]
    assert not wrong, "\n".join(wrong)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a file imports."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("slice_", [name for name in SLICES if name != "core"])
def test_rows_stay_in_their_slice(slice_: str) -> None:
    """Reports may read them, and the migrations compare them; everyone else asks the slice."""
    rows = f"kiosk.{slice_}.models"
    homes = [ROOT / "kiosk" / slice_, ROOT / "kiosk" / "reports"]
    strangers = [path for path in sources("kiosk") if not any(path.is_relative_to(home) for home in homes)]
    wrong = [
        place(path, line) for path in strangers for line, name in imports(path) if f"{name}.".startswith(f"{rows}.")
    ]
    assert not wrong, f"{rows} is imported from outside at\n" + "\n".join(wrong)


def test_every_setting_is_told_in_the_readme() -> None:
    from kiosk.core.settings import Settings

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    silent = [name for field in Settings.model_fields if (name := f"KIOSK_{field.upper()}") not in readme]
    assert not silent, f"README.md does not tell {', '.join(silent)}"


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    wrong = [hit for path, text in kept_files() for hit in found(MACHINE_PATH, path, text)]
    assert not wrong, "\n".join(wrong)


def test_no_file_names_where_packages_come_from() -> None:
    wrong = [hit for path, text in kept_files() for hit in found(REGISTRY, path, text)]
    assert not wrong, "\n".join(wrong)


def test_the_constraints_are_exact_versions_of_everything_we_ask_for() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.!+]*", line)] == []
    exact = {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [Requirement(text) for text in [*project["dependencies"], *project["optional-dependencies"]["test"]]]
    wrong = [str(one) for one in asked if exact.get(canonicalize_name(one.name), "none") not in one.specifier]
    assert not wrong, f"`make constraints` writes them anew; not met: {', '.join(wrong)}"


def test_every_asset_is_served_by_the_kiosk_itself() -> None:
    kinds = {".css", ".js", ".vue", ".html", ".jinja", ".svg", ".json", ".webmanifest"}
    assets = [
        (path, text) for path, text in kept_files() if path.is_relative_to(ROOT / "kiosk") and path.suffix in kinds
    ]
    wrong = [hit for path, text in assets for hit in found(OUTSIDE, path, text)]
    assert not wrong, "\n".join(wrong)
