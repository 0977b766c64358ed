import pytest

from cantiere.engine.readability import gulpease


def test_gulpease_counts_exactly():
    assert gulpease("Tre gatti neri.") == pytest.approx(min(100.0, 89 + (300 - 120) / 3))
    long_sentence = "amministrazione " * 20 + "."
    assert gulpease(long_sentence) == pytest.approx(max(0.0, 89 + (300 - 10 * 15 * 20) / 20))


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
