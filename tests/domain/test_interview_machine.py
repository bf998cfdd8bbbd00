"""Replies, clicks, edits, deletions, skips, hand-overs, late posts in any order: no reply lost, nothing asked twice."""

from collections import deque
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain import detours, replies
from bot.domain import interview as rules
from bot.domain.answers import NOT_MEASURED, UNKNOWN, Answer, Source, State
from bot.domain.bank import Role, Type
from bot.domain.messages import Ask, Done, InInterview, Record
from bot.domain.project import Change, Interview, Member, Part, Project, Reply
from bot.packs.loader import load_bank
from tests.strategies import values

BANK = load_bank()
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE = {Role.PM: "U0ANA", Role.ML: "U0MEI", Role.ENG: "U0RAJ"}
PHRASES = ("skip", "I don't know", "n/a", "not measured")
HELPERS = ["U0LEA", "U0RAJ"]
ROLES = st.sampled_from(Role)
WORDS = st.sampled_from(
    ["1", "2", "yes", "I don't know", "skip", "n/a", "not measured", "as soon as we can", "200 ms", "3 weeks, 5 weeks",
     "from 3 to 4 % of orders", "<@U0LEA>", "nobody", "in 3 weeks", "none", "home zip code, user, lookup, 1 d, must",
     "Support agents call those customers first", "home zip code, table users, a production database, served"]
)  # fmt: skip


def project():
    members = tuple(Member(role, user, Part.OWNER) for role, user in PEOPLE.items())
    interviews = {
        role: Interview(role, card=Source("C1", f"1.{n}"), place=Source("C1", f"1.{n}"))
        for n, role in enumerate(Role, 1)
    }
    return Project(1, "T1", "C1", False, "Ready-By", "", "U0ANA", START, "UTC", members=members, interviews=interviews)


class InterviewMachine(RuleBasedStateMachine):
    """The domain alone: the outbox is a queue that is posted when the machine pleases, the history a list."""

    def __init__(self):
        super().__init__()
        self.project, self.seconds = project(), 100
        self.queue, self.history = deque(), []
        self.asked = {role: [] for role in Role}  # questions as they were asked; None: a reason to ask again
        self.said: dict[str, tuple[Role, Reply]] = {}
        self.filed: dict[str, str | None] = {}
        self.gone: set[str] = set()

    @initialize()
    def start(self):
        self.keep(rules.advance(self.project, BANK, self.now()))

    def now(self):
        self.seconds += 1
        return START + timedelta(seconds=self.seconds)

    def ts(self):
        self.seconds += 1
        return f"{int(START.timestamp()) + self.seconds}.000001"

    def keep(self, change: Change):
        for version in change.versions:
            if version.answer is None or version.answer.partial:
                self.asked[BANK[version.question].role].append(None)
            for built_on_it in BANK.questions:
                if version.question in (built_on_it.waits_for, built_on_it.when and built_on_it.when.parent):
                    self.asked[built_on_it.role].append(None)
        for saying in change.says:
            if isinstance(saying.message, Ask) and isinstance(saying.to, InInterview):
                self.asked[saying.message.role].append(saying.message.question)
            if isinstance(saying.message, Ask | Done | Record) and isinstance(saying.to, InInterview):
                self.queue.append(saying.message)
        self.history += change.versions
        self.project = change.project

    @precondition(lambda self: self.queue)
    @rule()
    def a_message_is_posted(self):
        message = self.queue.popleft()
        place = Source("C1", self.ts())
        if isinstance(message, Record):
            self.keep(detours.shown(self.project, BANK, message.role, [t.question for t in message.told], place))
            return
        question = message.question if isinstance(message, Ask) else None
        self.keep(detours.posted(self.project, BANK, message.role, question, place))
        change, filed = replies.take_held(self.project, BANK, message.role)
        self.keep(change)
        self.filed |= {reply.ts: under for reply, under in filed}

    @rule(role=ROLES, words=WORDS)
    def somebody_replies(self, role, words):
        reply = Reply(self.ts(), PEOPLE[role], words, self.now())
        self.said[reply.ts] = role, reply
        self.hear(role, reply)

    @rule(role=ROLES, words=WORDS, who=st.sampled_from(HELPERS))
    def a_helper_replies(self, role, words, who):
        reply = Reply(self.ts(), who, words, self.now())
        self.said[reply.ts] = role, reply
        self.hear(role, reply)

    def hear(self, role, reply):
        change, question = replies.take(self.project, BANK, role, reply)
        self.filed[reply.ts] = question
        self.keep(change)

    @precondition(lambda self: any(self.filed.values()))
    @rule(data=st.data(), words=WORDS)
    def a_reply_is_edited(self, data, words):
        self.retell(data.draw(st.sampled_from(self.kept_replies())), words)

    @precondition(lambda self: any(self.filed.values()))
    @rule(data=st.data())
    def a_reply_is_deleted(self, data):
        self.retell(data.draw(st.sampled_from(self.kept_replies())), None)

    def kept_replies(self):
        return sorted(ts for ts, question in self.filed.items() if question)

    def retell(self, ts, words):
        role, reply = self.said[ts]
        question = self.filed[ts]
        if words is None:
            self.gone.add(ts)
            del self.filed[ts]
        self.said[ts] = role, replace(reply, text=words or reply.text)
        typed = replies.typed_since([v for v in self.history if v.question == question], ts)
        if typed is not None:
            base, made_of = typed
            known = [self.said[one][1] for one in made_of if one in self.said and one not in self.gone]
            self.keep(replies.retell(self.project, BANK, BANK[question], base, known, reply.by, self.now()))

    @rule(role=ROLES, data=st.data())
    def a_question_is_answered_by_a_form(self, role, data):
        question = self.one_of(role, data)
        value = data.draw(values(question))
        self.keep(rules.take(self.project, BANK, question, Answer(value, PEOPLE[role], self.now())))

    @rule(role=ROLES, data=st.data())
    def several_are_answered_in_one_go(self, role, data):
        asked = [q for q in rules.can_be_asked(self.project, BANK, role) if q.type is not Type.ROWS][:3]
        given = {q.id: Answer(data.draw(values(q, special=False)), PEOPLE[role], self.now()) for q in asked}
        self.keep(rules.settle_several(self.project, BANK, given, self.now()))

    @rule(role=ROLES, data=st.data())
    def i_dont_know(self, role, data):
        question = self.one_of(role, data)
        self.keep(detours.unknown(self.project, BANK, question, Answer(dict(UNKNOWN), PEOPLE[role], self.now())))

    @rule(role=ROLES, data=st.data())
    def a_question_is_skipped(self, role, data):
        self.keep(detours.skip(self.project, BANK, self.one_of(role, data), self.now()))

    @rule(role=ROLES, data=st.data(), to=st.sampled_from(HELPERS))
    def a_question_is_handed_over(self, role, data, to):
        question = self.one_of(role, data)
        if self.project.state(question.id) not in (State.ANSWERED, State.NOT_APPLICABLE) and to != PEOPLE[role]:
            self.keep(detours.hand_over(self.project, BANK, question, to=to, by=PEOPLE[role], at=self.now()))

    @precondition(lambda self: any(interview.handed for interview in self.project.interviews.values()))
    @rule(data=st.data(), step=st.sampled_from([detours.refuse, detours.take_back]))
    def a_question_comes_back(self, data, step):
        handed = [one for interview in self.project.interviews.values() for one in interview.handed.items()]
        id, handover = data.draw(st.sampled_from(handed))
        by = handover.to if step is detours.refuse else handover.by
        self.asked[BANK[id].role].append(None)
        self.keep(step(self.project, BANK, BANK[id], by=by, at=self.now()))

    def one_of(self, role, data):
        """Mostly the question that is asked, now and then any other that is required."""
        required = [q for q in self.project.required(BANK, role) if q.unlocked(self.project.answers)]
        asked = BANK.by_id.get(self.project.interviews[role].asked or "")
        return asked if asked in required and data.draw(st.integers(0, 3)) else data.draw(st.sampled_from(required))

    @invariant()
    def every_question_is_in_exactly_one_state(self):
        for question in self.project.required(BANK):
            state, answer = self.project.state(question.id), self.project.answers.get(question.id)
            interview = self.project.interviews[question.role]
            assert (state is State.SKIPPED) <= (question.id in interview.skipped)
            assert not (self.project.settled(question.id) and question.id in interview.skipped)
            assert (answer is not None and not answer.partial) == self.project.settled(question.id)

    @invariant()
    def no_question_is_asked_twice_in_a_row(self):
        for asked in self.asked.values():
            assert all(one is None or one != next_one for one, next_one in pairwise(asked))

    @invariant()
    def an_interview_is_over_when_all_is_settled_and_only_then(self):
        for role, interview in self.project.interviews.items():
            waiting = rules.next_question(self.project, BANK, role)
            asked = rules.still_asked(self.project, BANK, role)
            assert interview.done == (waiting is None and not asked)
            assert (interview.asked is None) == interview.done

    @invariant()
    def a_question_that_was_asked_stands_or_is_on_its_way(self):
        for role, interview in self.project.interviews.items():
            coming = {m.question if isinstance(m, Ask) else None for m in self.queue if _asks(m, role)}
            standing = {question for _, question in interview.trail}
            assert interview.asked in (coming if interview.posting else standing)

    @invariant()
    def no_reply_is_lost(self):
        for ts, (role, reply) in self.said.items():
            if ts in self.gone:
                continue
            held = any(one.ts == ts for one in self.project.interviews[role].held)
            conversation = self.filed.get(ts) is None
            assert held or conversation or self.counted(self.filed[ts], ts, reply), reply

    def counted(self, question, ts, reply):
        """In a version of the answer, or a phrase that is done with once it was heard, or overtaken by later words."""
        sources = [v.answer.source.ts for v in self.history if v.question == question and v.answer and v.answer.source]
        return ts in sources or reply.text in PHRASES or self.unchanged_by(question, reply)

    def unchanged_by(self, question, reply):
        """Saying once more what is said already changes nothing."""
        said = [v.answer for v in self.history if v.question == question and v.answer]
        heard = replies.hear(self.project, BANK[question], None, reply).answer
        return any(
            reply.text in f"{answer.note}{answer.value}" or (heard and heard.value == answer.value) for answer in said
        )

    def teardown(self):
        """Whatever happened, the interviews end once everything is posted and answered."""
        for _ in range(400):
            while self.queue:
                self.a_message_is_posted()
            role = next((r for r, i in self.project.interviews.items() if i.asked), None)
            if role is None:
                break
            question = BANK[self.project.interviews[role].asked]
            value = dict(NOT_MEASURED if question.not_measured else UNKNOWN)
            self.keep(rules.take(self.project, BANK, question, Answer(value, PEOPLE[role], self.now())))
        assert all(interview.done and not interview.held for interview in self.project.interviews.values())


def _asks(message, role):
    return isinstance(message, Ask | Done) and message.role is role


TestInterviews = InterviewMachine.TestCase
TestInterviews.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
