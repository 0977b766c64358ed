import pytest

from cantiere.engine.readability import gulpease


def test_gulpease_follows_the_published_formula():
    # 1 sentence, 10 words, 60 letters; then the same twice.
    sentence = " ".join(["strade"] * 10) + "."
    assert gulpease(sentence) == pytest.approx(89 + (300 - 600) / 10)
    assert gulpease(f"{sentence} {sentence}") == pytest.approx(89 + (600 - 1200) / 20)


def test_gulpease_stays_between_0_and_100():
    assert gulpease("Tre re.") == 100
    assert gulpease("amministrazione " * 20 + ".") == 0


def test_gulpease_of_a_text_without_words_is_full():
    assert gulpease(" \n—  ") == 100.0


def test_a_heading_is_a_sentence_of_its_own():
    plain = "Come partecipare alla nostra assemblea pubblica " * 3
    assert gulpease("Assemblea pubblica cittadina\n\n" + plain) > gulpease(
        "Assemblea pubblica cittadina " + plain
    )


def test_officialese_is_harder_than_plain_words():
    plain = "Puoi rispondere fino a venerdì. Bastano dieci minuti."
    heavy = (
        "Il termine ultimo per la compilazione della documentazione amministrativa relativa alla "
        "partecipazione risulta improrogabilmente fissato conformemente alle disposizioni regolamentari."
    )
    assert gulpease(plain) >= 60 > gulpease(heavy)
