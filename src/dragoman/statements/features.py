"""What the ranker looks at: a candidate as a list of named features.

Names are strings ("frame=clause", "sense:frame=say:clause"); the ranker holds a weight for each that training met
often enough. No feature looks outside the candidate's sentence but for its paragraph's first and last words.
"""

from collections.abc import Iterator

from dragoman.statements.candidate import Candidate
from dragoman.statements.cues import CueTable
from dragoman.statements.sources import Source
from dragoman.statements.tokens import Tokens
from dragoman.statements.words import WORDS

PEOPLE = ("PERSON", "ORG", "NORP", "GPE")
PRONOUNS = frozenset(["i", "you", "he", "she", "it", "we", "they", "who", "which", "that", "this", "one"])
PERSON_NOUNS = WORDS["people"]
LENGTHS = (1, 2, 3, 5, 8, 12, 18, 26, 40, 80)
QUESTION_WORDS = frozenset(["what", "why", "how", "where", "when", "who", "whom", "which", "whose"])


def features_of(
    tokens: Tokens, candidate: Candidate, source: Source | None, table: CueTable, rivals: frozenset[str]
) -> list[str]:
    """Return the features of a candidate; `rivals` are the other frames of its cue."""
    return [
        "bias",
        *_cue_features(tokens, candidate, table),
        *_content_features(tokens, candidate),
        *_source_features(tokens, candidate, source),
        *_place_features(tokens, candidate),
        *(f"rival={candidate.frame}:{frame}" for frame in rivals if frame != candidate.frame),
    ]


def _cue_features(tokens: Tokens, c: Candidate, table: CueTable) -> Iterator[str]:
    """Yield what the cue is, and what the table says of it in this frame."""
    frame, group = c.frame, f"{c.role}:{c.frame}"
    whole = f"{c.key} {frame[5:]}" if frame.startswith("prep:") else ""
    row = table.rows.get((whole, c.role)) or table.get(c.key, c.role)
    listed = row is not None and (frame in row.frames or (whole == row.lemma) or _kin(frame, row.frames))
    sense = row.sense if row else "-"
    yield f"frame={group}"
    yield f"lemma={c.key}"
    yield f"lemma:frame={c.key}:{frame}"
    yield f"listed={listed}"
    yield f"listed:role={listed}:{c.role}"
    yield f"listed:frame={listed}:{group}"
    yield f"sense={sense}"
    yield f"sense:frame={sense}:{frame}"
    yield f"sense:listed={sense}:{listed}"
    yield f"known={row is not None}:{frame}"
    h = c.head
    yield f"tag={c.role}:{tokens.tag[h]}"
    yield f"dep={c.role}:{tokens.dep[h]}"
    yield f"dep:frame={tokens.dep[h]}:{frame}"
    for k in tokens.kids[h]:
        if tokens.dep[k] in ("neg", "aux", "auxpass"):
            word = "not" if tokens.dep[k] == "neg" else tokens.lemma[k]
            yield f"aux={word}"
            yield f"aux:sense={word}:{sense}"
        elif (tokens.dep[k] == "mark" and k < h) or (tokens.dep[k] == "advmod" and tokens.tag[k] == "WRB"):
            yield f"mark={tokens.lower[k]}"
    if c.passive:
        agent = any(tokens.dep[k] == "agent" for k in tokens.kids[h])
        yield f"passive:{sense}"
        yield f"passive:agent={agent}:{frame.split(':')[0]}:{listed}"
    if c.role == "noun":
        head = tokens.head[h]
        yield f"noun-governor={tokens.lemma[head]}"
        yield f"noun-light={c.governor != h}:{sense}"
        yield f"noun-number={tokens.tag[h]}:{frame}"
        yield f"noun-det={next((tokens.lower[k] for k in tokens.kids[h] if tokens.dep[k] in ('det', 'poss')), '-')}"
    up = tokens.head[h]
    if up != h:
        upper = table.get(tokens.lemma[up], "verb")
        yield f"under={upper.sense if upper else '-'}:{tokens.dep[h]}"


def _kin(frame: str, frames: tuple[str, ...]) -> bool:
    """Return whether a frame is a variant of a listed one: an object cut differently, a clause before its verb."""
    kin = KIN.get(frame) or KIN.get(frame.split("+")[0].split("/")[0].split("-")[0])
    return kin is not None and any(f.split("+")[0] in kin for f in frames)


KIN = {
    "obj": ("obj",),
    "obj+pred": ("pred", "obj"),
    "subj": ("obj",),
    "clause": ("clause",),
    "fronted": ("clause", "quote"),
    "around": ("clause", "quote"),
    "as": ("clause",),
    "pred": ("pred",),
    "xcomp": ("pred", "ing"),
}


def _content_features(tokens: Tokens, c: Candidate) -> Iterator[str]:
    """Yield what the content looks like: its length, quotation marks, first and head word."""
    frame, group = c.frame, c.frame.split(":")[0]
    if c.passive and group == "obj":
        group = "passive"  # stands before its verb, and no worse for it
    words = quoted = 0
    for a, b in c.content:
        for i in range(a, b):
            if not tokens.blank[i]:
                words += 1
                quoted += tokens.quote[i] >= 0
    first = c.content[0][0]
    last = c.content[-1][1]
    size = sum(words > limit for limit in LENGTHS)
    outside = tokens.quote[c.head] < 0
    marks = "in" if not outside else "all" if quoted == words else "some" if quoted else "no"
    yield f"size={size}"
    yield f"size:frame={size}:{group}"
    yield f"marks={marks}"
    yield f"marks:frame={marks}:{group}"
    yield f"pieces={len(c.content)}:{group}"
    while first < last - 1 and tokens.blank[first]:
        first += 1
    opener = tokens.lower[first]
    if opener in ("that", "whether", "if", "to", "of", "for", "as") or opener in QUESTION_WORDS:
        yield f"opener={opener}:{group}"
    else:
        yield f"opener-pos={tokens.pos[first]}:{group}"
    yield f"order={'after' if first > c.head else 'before'}:{group}"
    gap = min(abs(first - c.head), 6) if first > c.head else -min(abs(c.head - last), 6)
    yield f"gap={gap}:{group}"
    low, high = (c.head + 1, first) if first > c.head else (last, c.head)
    if high - low > 40:
        yield f"far:{group}"
    elif high > low:
        verbs = sum(pos == "VERB" for pos in tokens.pos[low:high])
        yield f"verbs-between={min(verbs, 3)}:{group}"
    if gap == 1 or gap == 2:
        between = tokens.text[c.head + 1 : first]
        yield f"between={' '.join(between)}:{group}"
    stop = tokens.sentences[tokens.sentence[c.head]][1]
    while last < stop and tokens.blank[last]:
        last += 1
    yield f"to-end={last >= stop}:{group}"
    following = tokens.lower[last] if last < stop else "."
    if following in (".", "as", "for", "and", "but", "to", "of", "in", "with", "while", "after", "when", "because"):
        yield f"following={following}:{group}"
    else:
        yield f"following-pos={tokens.pos[last]}:{group}"
    if group in ("quote", "fronted", "uncued") and quoted:
        first_end = c.content[0][1]
        closing = next((t for t in tokens.text[first_end - 2 : first_end] if t in (",", ".", "?", "!")), "-")
        beside = first_end <= c.head <= first_end + 8
        yield f"closing={closing}:{beside}:{group}"
        yield f"closing:listed={closing}:{beside}:{group}:{c.role}"
    if group in ("clause", "clause+rest", "inf", "fronted"):
        yield from _joint_features(tokens, c)
    if group.startswith(("obj", "prep", "subj", "passive")):
        inside = range(first, last)
        root = next((i for i in inside if not first <= tokens.head[i] < last or tokens.head[i] == i), first)
        yield f"root={tokens.pos[root]}:{group}"
        yield f"root-entity={tokens.entity[root]}:{group}"
        yield f"root-tag={tokens.tag[root]}"
        if tokens.pos[root] in ("PRON", "NUM"):
            yield f"root-word={tokens.lower[root]}"
    if c.role == "mark":
        a = tokens.paragraphs[tokens.paragraph[c.head]][0]
        before = [i for i in range(a, c.head) if not tokens.blank[i]]
        yield f"mark-words={min(len(before), 6)}:{frame}"
        yield f"mark-upper={all(tokens.text[i].isupper() for i in before)}"
        yield f"mark-title={all(tokens.text[i][:1].isupper() for i in before)}:{min(size, 3)}"
        yield f"mark-first={tokens.pos[before[0]] if before else '-'}:{frame}"
        yield f"mark={tokens.text[c.head]}:{any(tokens.entity[i] == 'PERSON' for i in before)}"
        yield f"mark-marks={tokens.text[c.head]}:{marks}"
    if frame == "uncued":
        a, b = tokens.paragraphs[tokens.paragraph[first]]
        share = words / max(1, sum(not tokens.blank[i] for i in range(a, b)))
        yield f"share={int(share * 5)}"
        yield f"upper={tokens.text[first][:1].isupper()}"
        yield f"upper:size={tokens.text[first][:1].isupper()}:{size}"
        closing = "".join(tokens.text[max(c.content[-1][1] - 2, 0) : c.content[-1][1]])
        yield f"full-stop={any(m in closing for m in '.?!,')}:{tokens.text[first][:1].isupper()}"
        previous = tokens.pos[c.content[0][0] - 1] if c.content[0][0] else "START"
        yield f"before={previous}"


def _joint_features(tokens: Tokens, c: Candidate) -> Iterator[str]:
    """Yield what joins a clause to the rest of its sentence: where does what was said end?"""
    clause = next((k for k in tokens.kids[c.head] if tokens.dep[k] in ("ccomp", "xcomp") and k > c.head), None)
    if clause is None:
        return
    end, stop = tokens.right[clause], tokens.sentences[tokens.sentence[c.head]][1]
    while end < stop and tokens.blank[end]:
        end += 1
    if end >= stop:
        return
    comma = tokens.text[end - 1] == ","
    verb = next((i for i in range(end, min(stop, end + 12)) if tokens.pos[i] in ("VERB", "AUX")), None)
    word = tokens.lower[end] if tokens.pos[end] in ("CCONJ", "SCONJ", "ADP", "PRON", "ADV") else tokens.pos[end]
    yield f"joint={word}:{comma}:{c.frame}"
    if verb is not None:
        like = "cue" if tokens.tag[verb] == tokens.tag[c.head] else "other"
        same = tokens.tag[verb] == tokens.tag[next((k for k in tokens.kids[clause] if tokens.dep[k] == "aux"), clause)]
        yield f"joint-verb={tokens.tag[verb]}:{like}:{same}:{c.frame}"
        up = tokens.head[verb]
        joined = "cue" if up == c.head else "clause" if up == clause else "else"
        yield f"joint-head={joined}:{tokens.dep[verb]}:{c.frame}"


def _source_features(tokens: Tokens, c: Candidate, source: Source | None) -> Iterator[str]:
    """Yield who the source is, and how it was found."""
    if source is None:
        yield f"source=none:{c.role}"
        yield f"source-none:frame={c.frame}:{c.passive}"
        return
    h = source.head
    yield f"route={source.route}:{c.role}"
    word = tokens.lower[h]
    kind = (
        word if word in PRONOUNS
        else tokens.entity[h] if tokens.entity[h] in PEOPLE
        else "person" if tokens.lemma[h] in PERSON_NOUNS
        else tokens.pos[h]
    )  # fmt: skip
    yield f"source={kind}"
    yield f"source:role={kind}:{c.role}"
    yield f"source:frame={kind}:{c.frame.split(':')[0]}"
    yield f"source-side={'before' if h < c.head else 'after'}:{c.frame.split(':')[0]}"
    if tokens.entity[h] not in PEOPLE and tokens.pos[h] == "NOUN":
        yield f"source-lemma={tokens.lemma[h]}"
        yield f"source-ending={word.rstrip('s')[-2:]}"
    if any(a <= h < b for a, b in c.content):
        yield f"source-inside:{c.frame}"


def _place_features(tokens: Tokens, c: Candidate) -> Iterator[str]:
    """Yield where the candidate stands: in a quotation, in a headline, at the start of its paragraph."""
    h = c.head
    yield f"in-quote={tokens.quote[h] >= 0}:{c.role}"
    a, b = tokens.paragraphs[tokens.paragraph[h]]
    last = b - 1
    while last > a and (tokens.text[last].isspace() or not tokens.text[last]):
        last -= 1
    headline = b - a < 25 and tokens.text[last] not in '.?!"”’…:' and tokens.blank[last] is False
    yield f"headline={headline}:{c.frame.split(':')[0]}"
    yield f"root={h == tokens.head[h]}:{c.role}"
