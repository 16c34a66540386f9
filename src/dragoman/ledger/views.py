"""The views that people query: plain names, what is current and corrected, ids that `dragoman show` takes."""

# {names(column)} and the like are filled in for each database by `statements_for`.
EVENTS = """
SELECT r.short || '/' || e.id AS ref, r.short AS report, e.type, e.modes, e.contexts, e.quad, e.intensity, e.status,
  e.day, e.dated, e.date_start, e.date_end, e.date_precision, e.date_text, e.due_start, e.due_end,
  (SELECT {together:p.name} FROM ledger_participants p WHERE p.event = e.key AND p.side = 'actor') AS actors,
  (SELECT {together:p.country} FROM ledger_participants p WHERE p.event = e.key AND p.side = 'actor')
    AS actor_countries,
  (SELECT {together:p.name} FROM ledger_participants p WHERE p.event = e.key AND p.side = 'recipient') AS recipients,
  (SELECT {together:p.country} FROM ledger_participants p WHERE p.event = e.key AND p.side = 'recipient')
    AS recipient_countries,
  e.place, e.place_country, e.lat, e.lon, e.geonames, e.claimed, e.hearsay, e.confidence,
  e.killed_low, e.killed_high, e.injured_low, e.injured_high, e.detained_low, e.detained_high, e.size_low, e.size_high,
  e.trigger, e.sentence, o.id AS occurrence, e.review, e.published, e.publisher, r.title, r.uri
FROM ledger_events e JOIN ledger_reports r ON r.key = e.report LEFT JOIN ledger_occurrences o ON o.key = e.occurrence
WHERE e.shown
"""

VIEWS = {
    "reports": """
SELECT r.short AS report, r.id, r.uri, r.title, r.publisher, r.authors, r.language, r.published, r.published_from,
  r.day, r.dateline_place, r.dateline_country, r.text, r.added, r.changed,
  b.dragoman, b.model, b.ontology, b.knowledge, c.cluster AS duplicates
FROM ledger_reports r JOIN ledger_readers b ON b.key = r.reader LEFT JOIN ledger_duplicates c ON c.report = r.key
WHERE r.current
""",
    "sightings": """
SELECT r.short AS report, s.uri, s.version, s.current, s.title, s.publisher, s.published, s.seen
FROM ledger_sightings s JOIN ledger_reports r ON r.key = s.report
""",
    "entities": """
SELECT r.short || '/' || e.id AS ref, r.short AS report, e.name, e.kind, e.country, e.sector, e.sectors, e.role,
  e.wikidata, a.id AS actor, e.review
FROM ledger_entities e JOIN ledger_reports r ON r.key = e.report LEFT JOIN ledger_actors a ON a.key = e.actor
WHERE e.shown
""",
    "mentions": """
SELECT r.short || '/' || e.id AS entity, r.short AS report, m.form, m.span_start, m.span_end,
  substr(r.text, m.span_start + 1, m.span_end - m.span_start) AS text
FROM ledger_mentions m JOIN ledger_entities e ON e.key = m.entity JOIN ledger_reports r ON r.key = e.report
WHERE e.shown
""",
    "statements": """
SELECT r.short || '/' || s.id AS ref, r.short AS report, s.kind, f.name AS source, f.country AS source_country,
  f.sector AS source_sector, s.cue, s.lemma, s.content, t.name AS addressee, t.country AS addressee_country, s.venue,
  s.day, s.date_start, s.date_end, s.date_precision, s.attribution,
  CASE WHEN i.id IS NOT NULL THEN r.short || '/' || i.id END AS inside, s.review, s.publisher,
  r.published, r.title, r.uri
FROM ledger_statements s JOIN ledger_reports r ON r.key = s.report LEFT JOIN ledger_entities f ON f.key = s.source
  LEFT JOIN ledger_entities t ON t.key = s.addressee LEFT JOIN ledger_statements i ON i.key = s.inside
WHERE s.shown
""",
    "events": EVENTS,
    "participants": """
SELECT r.short || '/' || e.id AS event, r.short AS report, p.side, p.name, p.country, p.sector, n.role, a.id AS actor,
  p.day
FROM ledger_participants p JOIN ledger_events e ON e.key = p.event JOIN ledger_reports r ON r.key = e.report
  JOIN ledger_entities n ON n.key = p.entity LEFT JOIN ledger_actors a ON a.key = p.actor
WHERE p.shown
""",
    "pairs": """
SELECT r.short || '/' || e.id AS event, r.short AS report, p.actor, p.recipient, p.mutual, p.day, p.type, p.quad,
  p.intensity, p.claimed
FROM ledger_pairs p JOIN ledger_events e ON e.key = p.event JOIN ledger_reports r ON r.key = e.report
WHERE p.shown
""",
    "negotiations": """
SELECT r.short || '/' || n.id AS ref, r.short AS report, n.subject,
  (SELECT {together:e.name} FROM ledger_parties p JOIN ledger_entities e ON e.key = p.entity
    WHERE p.negotiation = n.key) AS parties,
  (SELECT {together:b.text} FROM ledger_obstacles b WHERE b.negotiation = n.key) AS obstacles,
  n.review, r.published, r.publisher, r.title, r.uri
FROM ledger_negotiations n JOIN ledger_reports r ON r.key = n.report
WHERE n.shown
""",
    "proposals": """
SELECT r.short || '/' || p.id AS ref, r.short || '/' || n.id AS negotiation, r.short AS report, n.subject,
  (SELECT {together:e.name} FROM ledger_proposal_sides s JOIN ledger_entities e ON e.key = s.entity
    WHERE s.proposal = p.key AND s.side = 'by') AS by_whom,
  (SELECT {together:e.name} FROM ledger_proposal_sides s JOIN ledger_entities e ON e.key = s.entity
    WHERE s.proposal = p.key AND s.side = 'to') AS to_whom,
  (SELECT {together:i.item} FROM ledger_proposal_items i WHERE i.proposal = p.key AND i.side = 'gives') AS gives,
  (SELECT {together:i.item} FROM ledger_proposal_items i WHERE i.proposal = p.key AND i.side = 'gets') AS gets,
  p.status, p.day, p.channel, p.claimed_in IS NOT NULL AS claimed, p.sentence, p.review
FROM ledger_proposals p JOIN ledger_negotiations n ON n.key = p.negotiation JOIN ledger_reports r ON r.key = p.report
WHERE p.shown
""",
    "flags": """
SELECT r.short || '/' || f.id AS ref, r.short AS report, f.kind, f.severity, f.message, f.review, r.title, r.uri
FROM ledger_flags f JOIN ledger_reports r ON r.key = f.report
WHERE f.shown
""",
    "actors": """
SELECT a.id, a.name, a.kind, a.country, a.sector, a.wikidata,
  (SELECT count(DISTINCT e.report) FROM ledger_entities e WHERE e.actor = a.key AND e.shown) AS reports
FROM ledger_actors a
""",
    "occurrences": """
SELECT o.id, o.type, o.quad, o.intensity, o.status, o.day, o.date_start, o.date_end, o.date_precision,
  (SELECT {together:s.name} FROM ledger_occurrence_sides s WHERE s.occurrence = o.key AND s.side = 'actor') AS actors,
  (SELECT {together:s.name} FROM ledger_occurrence_sides s WHERE s.occurrence = o.key AND s.side = 'recipient')
    AS recipients,
  o.place, o.place_country, o.lat, o.lon, o.claimed, o.confidence, o.reports, o.publishers, r.short AS first_report,
  o.first_published, o.disagrees
FROM ledger_occurrences o LEFT JOIN ledger_reports r ON r.key = o.first_report
""",
    "duplicates": """
SELECT d.cluster, r.short AS report, d.kind, d.similarity, f.short AS first_report, r.publisher, r.published, r.title
FROM ledger_duplicates d JOIN ledger_duplicate_clusters c ON c.key = d.cluster JOIN ledger_reports r ON r.key = d.report
  JOIN ledger_reports f ON f.key = c.first_report
""",
    "failures": "SELECT uri, reason, remedy, attempts, failed FROM ledger_failures",
    "corrections": """
SELECT c.id, r.short AS report, c.action, c.kind, c.target, c.field, c.value, c.who, c.at, c.why,
  c.withdrawn, c.unplaced
FROM ledger_corrections c LEFT JOIN ledger_reports r ON r.id = c.report
""",
    "runs": "SELECT key AS run, kind, started, finished, sources, added, same, failed FROM ledger_runs",
}
TOGETHER = {"sqlite": "group_concat({}, '; ')", "postgresql": "string_agg({}, '; ')"}


def statements_for(dialect: str) -> list[str]:
    """Return the statements that make the views in a database."""
    return [f"CREATE VIEW {name} AS {_filled(body, TOGETHER[dialect]).strip()}" for name, body in VIEWS.items()]


def _filled(body: str, together: str) -> str:
    """Return a view with `{together:column}` as the database writes it."""
    opening = "{together:"
    while opening in body:
        before, _, rest = body.partition(opening)
        column, _, after = rest.partition("}")
        body = before + together.format(column) + after
    return body
