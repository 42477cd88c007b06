r"""Make one pattern of a table of phrases, which is easier to read and to add to than the pattern.

One phrase a line, for whole words of text made plain (see `bot.summaries.engine.plain_words`); a line that begins
with ``|`` goes on with the group of the line before. Names in capitals stand for the words below, which may hold one
another once; ``~`` for up to three adverbs, ``...`` for up to sixty characters, ``AT`` for the start of a clause. Every
gap is bounded, so that no text is slow.
"""

from __future__ import annotations

import re

_GROUPS = {
    "~": r"(?:(?:very|really|so|just|quite|absolutely|truly|always|all|genuinely|such|an?|also|too|more|most|still|only"
    "|even|bit|deeply|often|never|ever|both|once|already|now|then|nearly|sometimes|usually|simply|seriously) ){0,3}",
    "AT": r"(?:^\W{0,3}|(?<=[,;:.!?] )|(?<=- )|(?:so|and|then|just|instead|please|simple|or|better|but) )",
    "WE": "(?<!if )(?:i|we)",
    "BE": "(?:is|are|was|were|am|be|being|been|feels?|felt|gets?|seems?|looks?)",
    "GOOD": "(?:brilliant|fantastic|excellent|amazing|wonderful|great|superb|outstanding|lovely|fab|fabulous|ace|lush"
    "|incredible|ardderchog|gwych|supportive|approachable|helpful|(?:god|life ?)(?:send|saver)|invaluable|exceptional"
    "|marvellous|terrific|inspirational|first class|second to none|top notch|spot on|breath of fresh air|so kind"
    "|worth (?:its|their|her|his) weight|very kind|the best)",
    "AFRAID": "(?:worried|worrying|concerned|afraid|scared|scary|frightened|frightening|terrified|anxious|uneasy"
    "|nervous|alarmed|alarming|fearful)",
    "HURT": "(?:hurt|killed|injured|harmed|die|fall|attacked|assaulted)",
    "UNIT": "(?:wards?|units?|teams?|offices?|departments?|dept|trust|hospitals?|sites?|practices?|services?|clinics?"
    "|base|shifts?|floors?|area|locality|patch|directorate|division|surgery|labs?|kitchen|workshop|theatres?|section"
    "|community|building|stores|side|end|line)",
    "OURS": "(?:managers?|matron|band|rota|boss|consultants?|staff|colleagues?|helpdesk|training|leave|tickets?"
    "|payslips?|contract|induction|appraisal|mentor|supervisor|huddle|handover|daughter|son|mum|mam|dad|nan|husband"
    "|wife|mother|father|friend)",
    "PAST": "(?:was|were|had|got|went|came|told|asked|lost|found|saw|heard|left|took|made|gave|met|spent|sent|said|did"
    "|kept|put|ran|brought|bought|paid|wrote|rang|sat|began|became|fell|held|stood|built|chose|drove|won|used to"
    r"|(?!need|agreed|speed|feed|indeed|proceed|succeed|exceed|supposed)\w{2,}ed)",
    "HABIT": "(?:wait|get|see|hear|share|print|raise|cover|use|run|hold|send|spend|start|work|struggle|receive|keep"
    "|lose|log|type|clean|cook|drive|walk|carry|push|rotate|sit|queue|chase|ring|phone|email|answer|order|live with"
    "|fill|invite)",
    "STAFF": "(?:staff|people|nurses|colleagues|juniors|trainees|they|students|patients|everyone|members|many|most"
    "|clerks|porters|some|no one)",
    "ACT": "(?:managers|the trust|the board|estates|it|hr|finance|matrons|they|we|you|someone|everyone|people|teams"
    "|wards|staff)",
    "REPORT": "(?:(?:the|this|that) (?:[a-z']+ )?(?:report|passage|excerpt|extract|paragraph|statement|section|chapter"
    "|recommendation|finding|authors?|commission|document|article|writers?|king's fund)(?:'s)?)",
    "HERE": r"(?:here|(?:on|in|at|for|with|across) (?:our|my) (?:[\w'-]+ ){0,2}?UNIT|where (?:i|we) (?:work|am|are)"
    r"|(?:on|for) nights|in the (?:community|office|kitchen|stores))",
    "TIME": r"(?:yesterday|last (?:night|week|month|year|winter|summer|spring|autumn|shift|\w+day)|tonight"
    r"|the other day|this (?:morning|week|month)|\w+ (?:days?|weeks?|months?|years?) ago|in (?:19|20)\d\d"
    r"|since (?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|christmas|the summer|\w+day))",
}
_NAME = re.compile(r"~|\b[A-Z]{2,}\b")
_GOES_ON = re.compile(r"\n\s*(?=\|)")


def compile_cues(table: str) -> re.Pattern[str]:
    """Return the pattern that finds any phrase of the table, to be used with ``search``."""
    lines = (line.strip() for line in _GOES_ON.sub("", table).splitlines())
    whole = "|".join(line for line in lines if line).replace("...", ".{0,60}?")
    return re.compile(rf"(?<![\w'])(?:{_expand_groups(_expand_groups(whole))})(?![\w'])")


def _expand_groups(phrases: str) -> str:
    return _NAME.sub(lambda name: _GROUPS[name.group()], phrases)
