"""`python -m tests.mutants [MODULE …]`: change the rules of the alignment model one spot at a time; tests must notice.

mutmut leaves out decorated functions, lambdas of a table and constants, which is where most of our rules stand. So it
works on a copy of the code in which these are plain functions that do the same.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
COPY = HERE / ".mutants"
TESTS = ("domain", "services/report_schema.py", "strategies.py", "findings_page.py")
NEEDED = ("bot", "docs", *(f"tests/{name}" for name in TESTS), "pyproject.toml")
DOMAIN = Path("bot/domain")
RULES = ("health", "coverage", "vagueness", "plan", "triggers", "rules", "inputs", "detectors")
PROPERTIES = ("property", "cached_property")
CONSTANTS = """
def __getattr__(name):  # pragma: no mutate function
    if f"of_{name}" not in globals():
        raise AttributeError(name)
    return globals()[f"of_{name}"]()
"""


class Unfolded(ast.NodeTransformer):
    """Decorated functions as a function and a call of the decorator, lambdas of a module's tables as functions."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.lambdas: list[ast.stmt] = []  # of the statement that is visited

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST | list[ast.stmt]:
        if len(node.decorator_list) != 1:
            return node
        (decorator,), node.decorator_list, name = node.decorator_list, [], node.name
        if isinstance(decorator, ast.Name) and decorator.id in PROPERTIES:
            node.name = f"of_{name}"
        elif not isinstance(decorator, ast.Call):
            node.decorator_list = [decorator]
            return node
        decorated = ast.Call(decorator, [ast.Name(node.name)], [])
        return [node, ast.Assign([ast.Name(name, ast.Store())], decorated)]

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        name = f"lambda_{next(self.numbers)}"
        self.lambdas.append(_function(name, node.body, node.args))
        return ast.Name(name)


def unfolded(source: str) -> str:
    """A module that does the same with nothing in it that mutmut leaves out, constants aside."""
    body: list[ast.stmt] = []
    unfold = Unfolded()
    for statement in ast.parse(source).body:
        unfold.lambdas.clear()
        result = unfold.visit(statement)
        body += [*unfold.lambdas, *(result if isinstance(result, list) else [result])]
    return ast.unparse(ast.fix_missing_locations(ast.Module(body, [])))


def without_constants(source: str) -> str:
    """A module of constants that are made anew each time somebody reads one."""
    return ast.unparse(ast.fix_missing_locations(ast.Module(list(_as_functions(ast.parse(source))), []))) + CONSTANTS


def _as_functions(module: ast.Module) -> Iterator[ast.stmt]:
    for statement in module.body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        if isinstance(target, ast.Name) and isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
            yield _function(f"of_{target.id}", statement.value)
        else:
            yield statement


def _function(name: str, value: ast.expr, arguments: ast.arguments | None = None) -> ast.FunctionDef:
    made = ast.parse(f"def {name}(): ...").body[0]
    assert isinstance(made, ast.FunctionDef)
    made.args, made.body = arguments or made.args, [ast.Return(value)]
    return made


def copy() -> None:
    """Make the copy anew."""
    shutil.rmtree(COPY, ignore_errors=True)
    for name in NEEDED:
        source, target = HERE / name, COPY / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for path in _modules(RULES):
        rewrite = without_constants if path.stem == "rules" else unfolded
        (COPY / path).write_text(rewrite((HERE / path).read_text(encoding="utf-8")), encoding="utf-8")


def _modules(names: Sequence[str]) -> Iterator[Path]:
    for name in names:
        package = HERE / DOMAIN / name
        found = sorted(package.glob("*.py")) if package.is_dir() else [package.with_suffix(".py")]
        yield from (path.relative_to(HERE) for path in found)


def mutmut(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """It finds settings, code and tests in the copy."""
    command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
    return subprocess.run(command, cwd=COPY, text=True, check=False, **options)


def surviving() -> Iterator[str]:
    """The changes that no test noticed, as differences."""
    for line in mutmut("results", capture_output=True).stdout.splitlines():
        mutant, _, verdict = line.strip().partition(": ")
        if verdict in ("survived", "no tests", "timeout", "suspicious"):
            yield mutmut("show", mutant, capture_output=True).stdout


def main() -> int:
    """1 if it could not run. Whether a change that no test notices matters is for a person to say."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Do tests notice a changed rule?")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"of {', '.join(RULES)}; all of them")
    parser.add_argument("--processes", default=str(os.cpu_count() or 1), help="as many as there are processors")
    arguments = parser.parse_args()
    copy()
    patterns = [f"{'.'.join(path.with_suffix('').parts)}.*" for path in _modules(arguments.modules or RULES)]
    if mutmut("run", "--max-children", arguments.processes, *patterns).returncode:
        return 1
    print("\n".join(surviving()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
