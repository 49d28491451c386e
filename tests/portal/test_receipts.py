"""Numbers that can be read over the phone, codes that cannot be guessed. Properties, over generated cases."""

import random
from datetime import date

import pytest

from portal import receipts

DAY = date(2026, 11, 23)


def test_a_number_begins_with_its_day_and_is_read_however_it_is_written():
    number = receipts.new_number(DAY)
    assert len(number) == 14
    assert number.startswith("261123")
    shown = receipts.shown_number(number)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    for written in (number, shown, f" {shown} ", shown.replace("-", " "), wide, shown.replace("-", "—")):
        assert receipts.read_number(written) == number


def test_every_wrong_digit_and_every_swap_of_neighbours_is_noticed():
    for _ in range(200):
        number = receipts.new_number(DAY)
        for place, digit in enumerate(number):
            for other in set("0123456789") - {digit}:
                assert receipts.read_number(number[:place] + other + number[place + 1 :]) == ""
            swapped = number[:place] + number[place : place + 2][::-1] + number[place + 2 :]
            assert swapped == number or receipts.read_number(swapped) == ""


@pytest.mark.parametrize("text", ["", "abc", "1" * 13, "1" * 5000, "\x00", "٠" * 14, "²" * 14, "-" * 14])
def test_what_is_no_number_is_read_as_none(text):
    assert receipts.read_number(text) == ""


def test_a_code_has_sixty_bits_and_no_confusable_letters():
    codes = [receipts.code_for(f"submission {number}") for number in range(20_000)]
    assert len(receipts.ALPHABET) ** receipts.CODE_LENGTH == 2**60
    assert len(set(codes)) == len(codes)
    assert not set("ILOU") & set("".join(codes))
    for place in range(receipts.CODE_LENGTH):  # every letter at every place, about as often
        often = [sum(code[place] == letter for code in codes) for letter in receipts.ALPHABET]
        assert min(often) > 450
        assert max(often) < 800


def test_a_code_is_read_however_it_is_written():
    for number in range(500):
        code = receipts.code_for(str(number))
        shown = receipts.shown_code(code)
        confused = shown.lower().replace("0", "o").replace("1", random.choice("il"))
        for written in (code, shown, shown.lower(), confused, f"  {shown} ", shown.replace("-", " ")):
            assert receipts.read_code(written) == code


def test_only_the_right_code_of_the_right_number_fits(settings):
    number, other, code = receipts.new_number(DAY), receipts.new_number(DAY), receipts.code_for("a")
    kept = receipts.hash_of(number, code)
    assert code not in kept
    assert receipts.fits(kept, number, code)
    assert not receipts.fits(kept, other, code)
    assert not receipts.fits("", number, code)
    for place in range(receipts.CODE_LENGTH):
        for letter in set(receipts.ALPHABET) - {code[place]}:
            assert not receipts.fits(kept, number, code[:place] + letter + code[place + 1 :])
    for wrong in (code[:-1], code + "0", "", code.lower()):
        assert not receipts.fits(kept, number, wrong)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of this site"
    assert receipts.fits(kept, number, code)
    settings.SECRET_KEY_FALLBACKS = []
    assert not receipts.fits(kept, number, code)
