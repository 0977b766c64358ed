"""Hostile files: none crashes, none takes long or much memory, none gets through as it came."""

import random
import resource
import time
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from cantiere.foundation.core import uploads
from tests.foundation.core import hostile
from tests.proofs.house import FULL

pytestmark = pytest.mark.long

MUTATIONS = 120 if FULL else 20


def corpus() -> list[tuple[str, bytes, str]]:
    files = [(name, make(), "a.png") for name, make in hostile.PICTURES.items()]
    files += [(name, make(), "a.png") for name, make in hostile.POLYGLOTS.items()]
    files += [(name, make(), shown) for name, (make, shown) in hostile.BAD_DOCUMENTS.items()]
    chance = random.Random(1)
    good = [hostile.picture(kind, (300, 200)) for kind in ("JPEG", "PNG", "WEBP", "GIF")]
    for number in range(MUTATIONS):
        raw = bytearray(good[number % 4])
        for _ in range(chance.randint(1, 40)):
            raw[chance.randrange(8, len(raw))] = chance.randrange(256)
        files.append((f"mutation {number}", bytes(raw), "a.png"))
    return files


def test_no_hostile_file_gets_through(say: Callable[[str], None]) -> None:
    refused, remade, through, slowest = 0, 0, [], 0.0
    files = corpus()
    for name, content, shown in files:
        for clean in (uploads.clean_picture, uploads.clean_document):
            started = time.monotonic()
            try:
                cleaned = clean(SimpleUploadedFile(shown, content))
            except ValidationError:
                refused += 1
            else:
                raw = cleaned.read()
                remade += 1
                whole = clean is uploads.clean_picture and raw[:4] == b"RIFF" and raw != content
                harmless = name in {"pdf", "png with a pdf behind"} or cleaned.name.endswith((".txt", ".csv"))
                if not (whole or harmless):
                    through.append(name)
            slowest = max(slowest, time.monotonic() - started)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    say(
        f"proof uploads: {len(files)} files twice, {refused} refused, {remade} made anew, {len(through)} "
        f"through, slowest {slowest:.1f} s, most memory {memory:.0f} MiB"
    )
    assert through == []
    assert slowest < 30
    assert memory < 700
