"""How long proofing takes: an article of 10,000 characters against a list of 20,000 words. `make bench-proofing`.

Runs on DATABASE_URL, or on a SQLite file that is thrown away, within a transaction that is rolled back.
"""

import random
import statistics
import time

import django
from django.core.management import call_command
from django.db import transaction

WORDS, CHARACTERS, ROUNDS, TARGET = 20_000, 10_000, 40, 20  # milliseconds
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


def words(rng):
    made = {"".join(rng.choices(HAN, k=rng.randint(2, 6))) for _ in range(WORDS * 2)}
    return sorted(made)[:WORDS]


def article(rng):
    """Paragraphs as offices write them: dates, numbers, quotations, links, a table, a picture."""
    paragraphs, length = [], 0
    while length < CHARACTERS:
        run = "，".join("".join(rng.choices(HAN, k=rng.randint(8, 20))) for _ in range(6))
        day = f"{rng.randint(2015, 2025)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
        text = f"{day}，{run}（“{run[:12]}”《{run[:6]}》），增长{rng.randint(1, 99)}.{rng.randint(0, 9)}%,{run[:20]}。"
        paragraphs.append(
            f'<p style="text-indent:2em"><strong>{text[:10]}</strong>{text[10:]}<a href="/zones/">名录</a></p>'
        )
        length += len(text) + 2
    return "".join(paragraphs)


def milliseconds(act):
    """Return the median of the processor's time and of the clock's; on a busy machine only the first tells."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time(), time.perf_counter()
        act()
        times.append((time.process_time() - start[0], time.perf_counter() - start[1]))
    return [statistics.median(each) * 1000 for each in zip(*times, strict=True)]


def main():
    from news.models import ProofWord
    from news.proofing import check
    from news.proofing.body import Body
    from portal.richtext.cleaning import clean

    call_command("migrate", verbosity=0)
    rng = random.Random(1)
    raw = article(rng)
    content = {"title": "某开发区推进绿色低碳发展12项举措", "source_id": 1, "body": raw}
    with transaction.atomic():
        ProofWord.objects.all().delete()
        for size in (200, WORDS):
            rows = [ProofWord(word=word, suggestion="改") for word in words(random.Random(2))[:size]]
            ProofWord.objects.bulk_create(rows, ignore_conflicts=True)
            start = time.perf_counter()
            check(content)
            first = (time.perf_counter() - start) * 1000
            saved = {**content, "body": clean(raw)}
            for name, judged in (("as the editor sends it", content), ("as it is saved", saved)):
                median, wall = milliseconds(lambda judged=judged: check(judged))
                print(
                    f"{len(Body(raw).text)} characters, {size} words, {name}: {median:.1f} ms ({wall:.1f} by the clock)"
                )
            print(f"  the first check, with the list read and built: {first:.0f} ms")
        transaction.set_rollback(True)
    print(f"target {TARGET} ms: {'reached' if median <= TARGET else 'MISSED'}")


if __name__ == "__main__":
    django.setup()
    main()
