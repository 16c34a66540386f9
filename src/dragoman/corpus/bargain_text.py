"""A bargain in plain text: where it stands, then its moves by day with the words that tell them."""

from collections.abc import Iterator
from textwrap import wrap

from dragoman.corpus.bargains import Bargain, BargainMove, Offer
from dragoman.render.characters import on_one_line

MADE = ("offer", "demand", "counter")
UNDATED = "no day"
INDENT = " " * 16


def text_of(bargain: Bargain, width: int = 100) -> str:
    """Return a bargain as lines of text, folded to a width in columns."""
    offers = {offer.id: offer for offer in bargain.offers}
    head = f"{bargain.id}  {bargain.subject}: {', '.join(bargain.parties) or 'nobody named'}"
    since = f" since {bargain.since}" if bargain.since else ""
    lines = [*_folded(head, width, "", "    "), f"    {bargain.state}{since}"]
    for move in bargain.moves:
        lines += _move_lines(move, offers, width)
    return "\n".join(lines) + "\n\n"


def _move_lines(move: BargainMove, offers: dict[str, Offer], width: int) -> Iterator[str]:
    what = _told(move, offers.get(move.offer or ""))
    yield from _folded(what, width, f"    {move.day or UNDATED:<10}  ", INDENT)
    if move.offer is not None:
        yield from _folded(f"“{move.text}”", width, INDENT, INDENT)
    yield from _folded(move.uri, width, INDENT, INDENT)


def _told(move: BargainMove, offer: Offer | None) -> str:
    """A move in a sentence: an offer with its terms, an answer with what it answers."""
    by = ", ".join(move.by) or "nobody named"
    if offer is None:
        return f"{move.move}: {move.text}"
    if move.move not in MADE:
        is_whole = move.move in ("accepted", "carried out") and set(move.by) & set(offer.by)
        return f"{offer.id} {move.move}, {by}: {_terms(offer)}" if is_whole else f"{offer.id} {move.move}, {by}"
    to = f", to {', '.join(offer.to)}" if offer.to else ""
    answers = f" (answers {offer.answers})" if offer.answers else ""
    return f"{offer.id} {move.move}, {by}: {_terms(offer)}{to}{answers}"


def _terms(offer: Offer) -> str:
    gives, gets = ("; ".join(items) for items in (offer.gives, offer.gets))
    return f"{gives} for {gets}" if gives and gets else gives or f"asks {gets}"


def _folded(text: str, width: int, first: str, rest: str) -> list[str]:
    return wrap(on_one_line(text), width, initial_indent=first, subsequent_indent=rest) or [first.rstrip()]
