"""The letters and the grid in which geometry travels to the page: what packs and what unpacks must agree on them."""

from __future__ import annotations

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PAYLOAD_BITS = 5
"""Bits of a number that a letter carries; one more bit says whether another letter follows."""

DECIMALS = 3
"""Of a degree: the grid is about 110 m."""

COARSE = "."
COARSE_STEP = 10
"""Begins a path on the coarse grid of the light page, and how many steps of the fine grid are one of it."""

TOLERANCE = 0.004
"""Simplification of lines in degrees: under one pixel at the closest zoom but one."""

LIGHT_TOLERANCE = 0.012
"""The same on the light page, which has its lines on the coarse grid."""

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&*+=?@[]^_`{|}~'>"
"""Letters of one byte that nothing in JSON or HTML minds."""

LETTERS = {
    "bn": "ঁংঃঅআইঈউঊঋএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ়ািীুূৃৄেৈোৌ্ৎড়ঢ়য়০১২৩৪৫৬৭৮৯।",
    "ru": "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяЁё«»—",
    "zh": "。的年，斯公；为克坦尔线里国路气和至中道通、阿管月在亿伊巴拉工一输段司经期米罗建哈方日于（）天运成萨万铁",
}
"""Texts in these languages travel with each of these letters in the place of one of `PLAIN`, and the other way round:
letters of two or three bytes cost a sixth more even when they are compressed. Chinese has too many; these are its most
frequent."""
