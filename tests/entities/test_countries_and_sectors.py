"""Who is whose: country and sector of named and unnamed participants, over four decades of our own sentences."""

import pytest
from spacy.language import Language

from dragoman.entities import find_entities, knowledge
from dragoman.language import pipeline
from dragoman.records import Report, id_of


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


# a sentence, its day, the words of a mention, and the country and sector of who is meant; None where nobody is
SENTENCES: list[tuple[str, str, str, tuple[str | None, str | None] | None]] = [
    ("Foreign Minister Lavrov rejected the plan on Monday.", "2014-05-05", "Lavrov", ("RUS", "GOV")),
    ("Chancellor Merkel met President Hollande in Berlin.", "2014-05-05", "Merkel", ("DEU", "GOV")),
    ("Chancellor Merkel met President Hollande in Berlin.", "2014-05-05", "Hollande", ("FRA", "GOV")),
    ("Prime Minister Thatcher refused to meet the miners.", "1984-11-02", "Thatcher", ("GBR", "GOV")),
    ("European officials said that talks would go on.", "2014-05-05", "European officials", ("EUR", "GOV")),
    ("Brussels threatened Hungary with a cut in funds.", "2018-05-05", "Brussels", ("EUR", "IGO")),
    ("The ministers met in Brussels on Friday.", "2014-05-05", "Brussels", None),
    ("Ana Lima, a Kenyan minister, called for calm.", "2014-05-05", "Ana Lima", ("KEN", "GOV")),
    ("Protesters in Minsk demanded a recount.", "2020-08-12", "Protesters", ("BLR", "CVL")),
    ("Two Americans were freed by Iran.", "2014-05-05", "Two Americans", ("USA", "CVL")),
    ("Police in Nairobi arrested the student.", "2014-05-05", "Police", ("KEN", "COP")),
    ("Rebels in eastern Congo seized the town.", "2012-11-20", "Rebels", ("COD", "REB")),
    ("Soviet troops left the city of Kabul.", "1989-01-20", "Soviet troops", ("RUS", "MIL")),
    ("The East German government opened the border.", "1989-11-10", "East German government", ("DEU", "GOV")),
    ("Yugoslavia rejected the demand.", "1991-07-01", "Yugoslavia", ("SRB", "GOV")),
    ("Zaire closed its embassy in Brussels.", "1992-07-01", "Zaire", ("COD", "GOV")),
    ("Burma released five monks.", "1995-07-01", "Burma", ("MMR", "GOV")),
    ("The Knesset passed the budget.", "2014-05-05", "Knesset", ("ISR", "LEG")),
    ("The Bundestag voted to extend the mission.", "2014-05-05", "Bundestag", ("DEU", "LEG")),
    ("Downing Street dismissed the report.", "2014-05-05", "Downing Street", ("GBR", "GOV")),
    ("The Pentagon confirmed the strike.", "2014-05-05", "Pentagon", ("USA", "GOV")),
    ("Tehran agreed to admit the inspectors.", "2014-05-05", "Tehran", ("IRN", "GOV")),
    ("A bomb exploded in Tehran on Sunday.", "2014-05-05", "Tehran", None),
    ("Turkish journalists walked out of the court.", "2014-05-05", "Turkish journalists", ("TUR", "JRN")),
    ("Ukrainian soldiers shelled the village.", "2014-07-05", "Ukrainian soldiers", ("UKR", "MIL")),
    ("The Philippine navy chased the trawler away.", "2014-05-05", "Philippine navy", ("PHL", "MIL")),
    ("Farmers in Punjab blocked the railway, India said. India was angry.", "2014-05-05", "Farmers", ("IND", "AGR")),
    ("Doctors in Caracas went on strike.", "2016-05-05", "Doctors", ("VEN", "MED")),
    ("Hamas fired rockets at Ashkelon.", "2014-07-09", "Hamas", ("PSE", "REB")),
    ("The Taliban captured a district.", "2012-05-05", "Taliban", ("AFG", "REB")),
    ("Hezbollah praised the attack.", "2012-05-05", "Hezbollah", ("LBN", "REB")),
    ("The Kremlin ruled out a summit.", "2012-05-05", "Kremlin", ("RUS", "GOV")),
    ("NATO deployed four battalions.", "2016-07-08", "NATO", ("IGO", "IGO")),
    ("The African Union suspended Mali.", "2012-03-25", "African Union", ("IGO", "IGO")),
    ("UN peacekeepers withdrew from the camp.", "2012-03-25", "UN peacekeepers", ("UNO", "IGO")),
    ("The Vatican urged both sides to talk.", "2012-03-25", "Vatican", ("VAT", "GOV")),
    ("Catholic bishops in Poland condemned the law.", "2016-03-25", "bishops", ("POL", "REL")),
    ("Students in Santiago threw stones at the police.", "2011-08-25", "Students", ("CHL", "EDU")),
    ("A Chilean court sentenced the general.", "2005-08-25", "Chilean court", ("CHL", "JUD")),
    ("South Korean lawmakers impeached the president.", "2016-12-09", "South Korean lawmakers", ("KOR", "LEG")),
    ("Pyongyang launched a missile.", "2016-12-09", "Pyongyang", ("PRK", "GOV")),
    ("President Mugabe expelled the envoy.", "2003-12-09", "Mugabe", ("ZWE", "GOV")),
    ("Secretary of State Kerry flew to Geneva.", "2013-11-22", "Kerry", ("USA", "GOV")),
    ("Secretary-General Annan criticised the delay.", "2003-11-22", "Annan", ("UNO", "IGO")),
    ("Syrian refugees crossed into Jordan.", "2013-11-22", "Syrian refugees", ("SYR", "REF")),
    ("Israeli settlers burned the olive grove.", "2013-11-22", "Israeli settlers", ("ISR", "CVL")),
    ("Somali pirates seized a tanker.", "2009-11-22", "Somali pirates", ("SOM", "CRM")),
    ("Colombian drug traffickers shot the judge.", "1989-11-22", "traffickers", ("COL", "CRM")),
    ("The Sudanese opposition boycotted the vote.", "2010-04-11", "Sudanese opposition", ("SDN", "OPP")),
    ("Nigerian oil workers began a strike.", "1994-07-04", "Nigerian oil workers", ("NGA", "LAB")),
    ("Czechoslovakia recalled its ambassador.", "1985-07-04", "Czechoslovakia", ("CZE", "GOV")),
    ("The Egyptian foreign minister flew to Riyadh.", "2006-07-04", "Egyptian foreign minister", ("EGY", "GOV")),
    ("Residents of Gaza queued for bread.", "2014-07-24", "Residents", ("PSE", "CVL")),
    ("Three Britons were arrested in Dubai.", "2014-07-24", "Three Britons", ("GBR", "CVL")),
    ("Rwandan troops crossed the border at Goma.", "1998-08-04", "Rwandan troops", ("RWA", "MIL")),
    ("She left her house before the soldiers came.", "1998-08-04", "house", None),
    ("The House passed the bill and Congress sent it on.", "1998-08-04", "House", ("USA", "LEG")),
    ("Scotland Yard opened an inquiry.", "1998-08-04", "Scotland Yard", ("GBR", "COP")),
    ("Human Rights Watch accused the army of torture.", "1998-08-04", "Human Rights Watch", ("NGO", "SOC")),
    ("The Indian defence ministry cancelled the order.", "1998-08-04", "Indian defence ministry", ("IND", "GOV")),
]


@pytest.mark.parametrize(("text", "day", "words", "wanted"), SENTENCES, ids=[text for text, *_ in SENTENCES])
def test_everybody_has_a_country_and_a_sector(
    nlp: Language, text: str, day: str, words: str, wanted: tuple[str | None, str | None] | None
) -> None:
    report = Report(
        id=id_of(text), uri="", title=None, publisher=None, authors=(), language="en", published=day,
        published_from=None, dateline=None, text=text,
    )  # fmt: skip
    found = find_entities(nlp(text), report, knowledge.load()).records
    meant = [(e.country, e.sector) for e in found if any(words in mention.text for mention in e.mentions)]
    assert wanted in meant if wanted is not None else not meant
