"""Which choice a text means: its id, its label, its number, a beginning or a near match; never a guess between two."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from bot.domain.bank import Option

from .numbers import ONE_TO_TWELVE
from .results import Found, Unclear
from .words import NO, YES, bare, negated, straight

NUMBERED = re.compile(r"(?:option|number|no\.|nr\.|#)?\s*(\d{1,2})\s*[.)]?", re.IGNORECASE)
BREAKS = re.compile(r"[,;:\n]|[.!?](?=\s|$)|\s[-–—]+\s|—")
NEAR = 0.75
MOST_CLAUSES = 40
SPELLED = {str(number): word for number, word in enumerate(ONE_TO_TWELVE, 1)}


def find_choice(options: Sequence[Option], text: str) -> Found | Unclear:
    """The choice that the whole text means, or that one clause of it names while no other clause names another."""
    whole = match_whole(options, text) or _numbered(options, text) or _near(options, text)
    if whole:
        return Found(whole.id)
    named = {n.option.id: n for n in named_in(options, text)}
    if len(named) == 1 and "?" not in text:
        [only] = named.values()
        return Found(only.option.id, without(text, [only]))
    return Unclear(_say(options, bool(named)))


def _say(options: Sequence[Option], several: bool) -> str:
    start = (
        "I see more than one choice in that." if several else "I kept your words, but they match none of the choices."
    )
    return f"{start} The number or the name of one works, such as *1* for “{options[0].label}”."


def match_whole(options: Sequence[Option], text: str) -> Option | None:
    """By id, label, yes or no, or the beginning of exactly one of them."""
    wanted = _bare(text)
    if not wanted:
        return None
    exact = [o for o in options if wanted in _names(o)]
    if exact:
        return exact[0]
    for word, words in (("yes", YES), ("no", NO)):
        option = next((o for o in options if o.id == word), None)
        if option and bare(text) in words:
            return option
    begun = [o for o in options if any(name.startswith(wanted) for name in _names(o))]
    return begun[0] if len(begun) == 1 and len(wanted) >= 3 else None


def is_name(options: Sequence[Option], text: str) -> bool:
    return any(_bare(text) in _names(o) for o in options)


def match_clause(options: Sequence[Option], clause: str) -> tuple[Option, bool] | None:
    """Within a longer text: a name, most of it, or a clause that begins with all of it; and whether that is all."""
    option, words = match_whole(options, clause), _bare(clause)
    if option and (words in _names(option) or words.count(" ") > 1 or bare(clause) in YES | NO):
        return option, True
    openings = [o for o in options if any(" " in name and words.startswith(f"{name} ") for name in _names(o))]
    return (openings[0], False) if len(openings) == 1 else None


@dataclass(frozen=True, slots=True)
class Clause:
    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Named:
    """A choice, the clause that names it, and whether the clause says no more."""

    option: Option
    clause: Clause
    whole: bool


def named_in(options: Sequence[Option], text: str) -> list[Named]:
    """The choices that clauses name; two neighbours count as one where a label has a comma, as "Yes, if …" does."""
    singles = clauses(text)
    named: list[Named] = []
    for first, second in pairwise(singles):
        both = Clause(first.start, second.end)
        match, alone = match_clause(options, both.of(text)), match_clause(options, first.of(text))
        if match and (match[1] or not alone or alone[0] is not match[0]):
            named.append(Named(match[0], both, match[1]))
    for clause in singles:
        match = match_clause(options, clause.of(text))
        if match and not any(n.clause.start <= clause.start and clause.end <= n.clause.end for n in named):
            named.append(Named(match[0], clause, match[1]))
    return named


def without(text: str, named: Sequence[Named]) -> str:
    """The text without the clauses that say nothing but a choice, and without the commas that they leave behind."""
    for clause in sorted({n.clause for n in named if n.whole}, key=lambda c: -c.start):
        before, after = text[: clause.start].rstrip(), text[clause.end :].lstrip()
        text = f"{before} {after[1:].lstrip() if after[:1] in tuple(',;:.!') else after}"
    return text.strip(" ,;:-–—\n")


def clauses(text: str) -> list[Clause]:
    """The first parts of a text between its commas and stops."""
    ends = [match.start() for match in BREAKS.finditer(text)] + [len(text)]
    starts = [0] + [match.end() for match in BREAKS.finditer(text)]
    parts = [
        Clause(a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip()))
        for a, b in zip(starts, ends, strict=True)
    ]
    return [part for part in parts if part.start < part.end][:MOST_CLAUSES]


def _numbered(options: Sequence[Option], text: str) -> Option | None:
    match = NUMBERED.fullmatch(text.strip())
    number = int(match[1]) if match else 0
    return options[number - 1] if 0 < number <= len(options) else None


def _near(options: Sequence[Option], text: str) -> Option | None:
    """A misspelt name: as many words, each beginning alike, and no "not" on one side only."""
    words = _bare(text).split()
    close = [o for o in options if any(_alike(words, name.split()) for name in _names(o))]
    if len(close) != 1 or negated(text) != negated(close[0].label):
        return None
    return close[0]


def _alike(words: list[str], others: list[str]) -> bool:
    return len(words) == len(others) > 0 and all(
        a == b or (a[0] == b[0] and len(a) > 3 and SequenceMatcher(None, a, b).ratio() >= NEAR)
        for a, b in zip(words, others, strict=True)
    )


def _names(option: Option) -> set[str]:
    outside = re.sub(r"\(.*?\)", "", option.label)
    return {_bare(option.id), _bare(option.label), _bare(outside)} - {""}


def _bare(text: str) -> str:
    """Without a leading article, and with small numbers as words where there are other words."""
    words = re.sub(r"^(a|an|the) (?=\w)", "", bare(text.replace("_", " "))).split()
    return " ".join(SPELLED.get(word, word) if len(words) > 1 else word for word in words)


def find_bool(text: str, name: str = "") -> Found | Unclear:
    word = bare(text)
    if word in YES or (name and word in (name, f"already {name}", f"is {name}")):
        return Found(True)
    if word in NO or (name and word in (f"not {name}", f"not {name} yet", f"not yet {name}")):
        return Found(False)
    first = BREAKS.split(text, maxsplit=1)[0]
    if first != text and bare(first) in YES | NO and "?" not in text:
        return Found(bare(first) in YES, text[len(first) :])
    return Unclear("A *yes* or a *no* works here.")


def find_several(options: Sequence[Option], text: str) -> Found | Unclear:
    """All choices a text lists; one part that matches nothing leaves the whole unread."""
    whole = match_whole(options, text) or _numbered(options, text) or _near(options, text)
    if whole:
        return Found([whole.id])
    left, ids = f" {_bare(text)} ", list[str]()
    for option in sorted(options, key=lambda o: -len(o.label)):
        name = next((n for n in sorted(_names(option), key=len, reverse=True) if " " in n and f" {n} " in left), None)
        if name and not negated(text):
            left, ids = left.replace(f" {name} ", " , ", 1), [*ids, option.id]
    source = left if ids else straight(text)
    for part in re.split(r"[,;&+\n]|\band\b|\bor\b|(?<=\d)\s+(?=\d)", source):
        found = match_whole(options, part) or _numbered(options, part) or _near(options, part)
        if found is None and bare(part):
            return Unclear(f"I can't place “{part.strip()[:60]}”. Names or numbers with commas work, such as *1, 2*.")
        ids += [found.id] if found else []
    return Found([o.id for o in options if o.id in ids]) if ids else Unclear(_say(options, False))
