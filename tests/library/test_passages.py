"""Official texts cut into passages: plain text in several languages, two forms of XML."""

from pathlib import Path

import pytest

from ssacalc.domain.errors import InvalidLaw
from ssacalc.library.passages import LONGEST, cut
from ssacalc.library.xml_passages import cut_xml

PLAIN = """Agreement between A and B

ARTICLE 1
Definitions

In this Agreement words mean what they say.

Article 12(2) of the Act is not a heading.
Article 2 – Periods
Periods are added.
"""


def places(text: str) -> list[str]:
    return [passage.place for passage in cut(text)]


def test_a_text_is_cut_at_its_articles() -> None:
    found = {passage.place: passage.text for passage in cut(PLAIN)}
    assert list(found) == ["paragraph 1", "ARTICLE 1", "Article 2"]
    assert found["ARTICLE 1"].startswith("Definitions In this Agreement")
    assert "Article 12(2) of the Act" in found["ARTICLE 1"]
    assert found["Article 2"] == "Periods Periods are added."


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("## Artikel 5", "Artikel 5"),
        ("**Art. 7** Titel", "Art. 7"),
        ("§ 110 Grundsatz", "§ 110"),
        ("Artículo 3º. Las personas aseguradas tendrán derecho a lo siguiente:", "Artículo 3º"),
        ("Article premier", "Article premier"),
        ("ARTICLE XIV", "ARTICLE XIV"),
        ("Статья 4", "Статья 4"),
        ("第三条", "第三条"),
        ("Section 9 Suspension", "Section 9"),
    ],
)
def test_headings_of_many_languages_are_known(heading: str, place: str) -> None:
    assert places(f"{heading}\nA text.")[-1] == place


def test_a_sentence_that_begins_with_an_article_is_no_heading() -> None:
    assert places("Article 3 shall apply to all.\nMore.") == ["paragraph 1"]


def test_a_long_article_is_cut_at_its_paragraphs() -> None:
    paragraphs = "\n\n".join(["word " * 100] * 8)
    found = list(cut(f"Article 1\n{paragraphs}"))
    assert {passage.place for passage in found} == {"Article 1"}
    assert len(found) > 1
    assert all(len(passage.text) <= LONGEST for passage in found)


def test_a_text_in_pages_names_the_page_where_an_article_begins() -> None:
    text = "Opening\fArticle 1\nOne.\fstill one\nArticle 2\nTwo."
    assert places(text) == ["p. 1", "Article 1, p. 2", "Article 2, p. 3"]


def test_an_empty_text_has_no_passages() -> None:
    assert list(cut(" \n\n ")) == []


CANADA = """<?xml version="1.0" encoding="utf-8"?>
<Regulation xml:lang="en"><Identification><LongTitle>Proclamation</LongTitle></Identification>
<Order><Provision><Text>Whereas <Emphasis>it</Emphasis> is so.</Text></Provision></Order>
<Schedule><ConventionAgreementTreaty>
<Heading level="1"><TitleText>Agreement</TitleText></Heading>
<Provision><Text>Have agreed as follows:</Text></Provision>
<Heading level="2"><Label>ARTICLE 1</Label><TitleText>Terms</TitleText></Heading>
<Provision><Label>1</Label><Text>Words mean:</Text>
  <Provision><Label>(a)</Label><Text>this;</Text></Provision></Provision>
<Heading level="2"><Label>ARTICLE 2</Label></Heading>
<Provision><Text>Periods are added.</Text></Provision>
</ConventionAgreementTreaty></Schedule>
<Schedule><Heading><TitleText>Protocol</TitleText></Heading>
<Provision><Text>Done.</Text></Provision></Schedule></Regulation>"""

STATUTE = """<Statute><Identification><ShortTitle>The Act</ShortTitle></Identification><Body>
<Section><Label>9</Label><Subsection><Label>(1)</Label><Text>Six months.</Text></Subsection>
</Section></Body></Statute>"""

AKOMA = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act>
<meta><identification>left out</identification></meta>
<preface><p><docTitle>The Convention</docTitle></p></preface><body><chapter><num>I</num>
<article eId="art_1"><num>Art. 1</num><heading>Terms</heading>
<paragraph><num>1</num><content><p>Words<authorialNote><p>a note</p></authorialNote> mean:</p>
</content></paragraph>
<paragraph><num>2</num><list><intro><p>these:</p></intro>
<point><num>a.</num><content><p>this</p></content></point></list></paragraph></article>
<article eId="art_2"><paragraph><content><p>Done.</p></content></paragraph></article>
</chapter></body></act></akomaNtoso>"""


def xml(text: str) -> tuple[str, list[tuple[str, str]]]:
    title, found = cut_xml(Path("text.xml"), text)
    return title, [(passage.place, passage.text) for passage in found]


def test_a_proclamation_of_canada_is_cut_at_the_articles_of_the_agreement() -> None:
    assert xml(CANADA) == (
        "Proclamation",
        [
            ("opening", "Whereas it is so. Agreement Have agreed as follows:"),
            ("ARTICLE 1", "Terms 1 Words mean: (a) this;"),
            ("ARTICLE 2", "Periods are added."),
            ("opening", "Protocol Done."),
        ],
    )


def test_an_act_of_canada_is_cut_at_its_sections() -> None:
    assert xml(STATUTE) == ("The Act", [("s. 9", "(1) Six months.")])


def test_akoma_ntoso_is_cut_at_its_articles_without_notes() -> None:
    assert xml(AKOMA) == (
        "The Convention",
        [("Art. 1", "Terms 1 Words mean: 2 these: a. this"), ("art_2", "Done.")],
    )


def test_akoma_ntoso_without_articles_is_one_text() -> None:
    text = "<akomaNtoso><doc><mainBody><p>Only this.</p></mainBody></doc></akomaNtoso>"
    assert xml(text) == ("", [("text", "Only this.")])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<html></html>", "not a form known here"),
        ("<akomaNtoso>", "not well formed"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><akomaNtoso/>', "defines entities"),
    ],
)
def test_other_xml_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(InvalidLaw, match=told):
        xml(text)
